/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of shapes as text: one `SHAPE TYPES [rotate]` a line, # starts a comment. `rotate`: the weights come from memory, not from a cache: each call takes
 * another copy, 512 MiB of copies in all. */
#ifndef CLQ_SUITE_H
#define CLQ_SUITE_H

#include "gemm_shape.h"

typedef struct clq_suite_row {
    clq_gemm_shape shape;
    clq_gemm_types types;
    bool rotate;
} clq_suite_row;

typedef struct clq_suite {
    clq_suite_row *rows;
    size_t count;
} clq_suite;

/* `name`: a file, or a suite's name, which is looked up as share/clqnn/suites/NAME.txt beside the command's own folder. False with a reason
 * that names file, line and word. */
bool clq_suite_load(const char *name, clq_suite *suite, char *message, size_t size);

/* False if memory ran out. */
bool clq_suite_add(clq_suite *suite, const clq_suite_row *row);
void clq_suite_free(clq_suite *suite);

#endif
