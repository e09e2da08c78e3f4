/* SPDX-License-Identifier: Apache-2.0 */
/* What the command can do with each operator: one row of operators.def and one file NAME_operator.c. Every function but `name` may be NULL: the
 * subcommand then has nothing for the operator and says so. */
#ifndef CLQ_OPERATOR_H
#define CLQ_OPERATOR_H

#include <stdbool.h>

#include "case_file.h"
#include "case_verdict.h"
#include "clqnn/context.h"
#include "report_output.h"
#include "verify_sweep.h"

typedef struct clq_variant {
    const char *name, *summary, *types, *layout; /* static; layout: of packed weights, NULL where there are none */
    char needs[96];                              /* capabilities, comma-separated */
    int32_t tile[3];                             /* 0 where the variant has none */
} clq_variant;

typedef struct clq_operator {
    const char *name; /* of --op, of case files, of "op" in JSON */

    /* list: as clqnn_gemm_variants. */
    clqnn_status (*variants)(clq_variant *list, size_t capacity, size_t *count);

    /* explain: the call that shape and types (NULL: the usual ones) describe, NULL with the reason for bad words; what the library says of it (an exit status); its end. */
    void *(*explain_parse)(const char *name, const char *shape, const char *types, char *message, size_t size);
    int (*explain)(clq_output *output, clqnn_context *context, void *call);
    void (*explain_free)(void *call);

    /* verify: cases by index. A case must be taken when no variant is forced. `write_case` writes the case file of an index; false with the reason.
     */
    size_t (*case_count)(const clq_sweep *sweep);
    void (*case_run)(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result);
    const char *(*case_describe)(const clq_sweep *sweep, size_t index, char *text, size_t size);
    bool (*case_write)(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size);

    /* check: one case file on a device. */
    clq_case_verdict (*check)(clqnn_context *context, clq_case *file, char *message, size_t capacity);
} clq_operator;

extern const clq_operator *const clq_operators[];
extern const size_t clq_operator_count;

/* NULL if there is none of that name. */
const clq_operator *clq_operator_find(const char *name);

/* Runs and compares one case with its operator's `check`; reads it before. */
clq_case_verdict clq_check_read_case(clqnn_context *context, clq_case *file, char *message, size_t capacity);
clq_case_verdict clq_check_case(clqnn_context *context, const char *path, char *message, size_t capacity);

/* The verdict and message of a call that failed: a skip with the reason for CLQNN_UNSUPPORTED. */
clq_case_verdict clq_refused_call(clqnn_status status, const char *call, char *message, size_t capacity);

#endif
