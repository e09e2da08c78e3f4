/* SPDX-License-Identifier: Apache-2.0 */
/* What the verification of every operator shares: which cases are run, and what becomes of one. */
#ifndef CLQ_VERIFY_SWEEP_H
#define CLQ_VERIFY_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum clq_level { CLQ_LEVEL_QUICK, CLQ_LEVEL_NORMAL, CLQ_LEVEL_FULL } clq_level;

/* A case is a pure function of (sweep, index), so that naming the two repeats it. */
typedef struct clq_sweep {
    clq_level level;
    uint64_t seed;
    const char *variant; /* that is forced; NULL: the library's choice */
    int32_t tile[3];     /* of the variant, around which shapes gather; 0: the operator's default */
    int64_t most_products; /* of a case, for slow devices; 0: as many as the level has. Of bits only */
    bool plain_buffers;  /* no sub-buffers. Of bits only */
} clq_sweep;

/* Whether the forced variant is one that takes only what asks for sums in f16, which the library's choice may have no variant for. */
bool clq_sweep_has_half_sums(const clq_sweep *sweep);

typedef enum clq_outcome {
    CLQ_PASSED,
    CLQ_FAILED,  /* a wrong byte, or a status other than OK and UNSUPPORTED */
    CLQ_REFUSED  /* this variant does not take this problem: CLQNN_UNSUPPORTED at creation. Neither a pass nor a failure */
} clq_outcome;

typedef struct clq_verify_result {
    clq_outcome outcome;
    const char *variant;  /* that ran; static, NULL if unknown */
    size_t differences;   /* wrong elements of the output, counted over the run that failed */
    char message[512];    /* why it failed or was refused; the first difference as "c[batch][row][column]: accumulator .., expected .., got .." */
} clq_verify_result;

#endif
