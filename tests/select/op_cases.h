/* SPDX-License-Identifier: Apache-2.0 */
/* Operators without weights as networks have them, and at the edge: a family and a descriptor under a name, for tests of selection. */
#ifndef OP_CASES_H
#define OP_CASES_H

#include <stddef.h>

#include "op/op_family.h"

typedef struct op_case {
    const char *name;
    const clq_op_family *family;
    const void *desc;
} op_case;

extern const op_case op_cases[];
extern const size_t op_case_count;

/* NULL if there is none of this name. */
const op_case *op_case_find(const char *name);

#endif
