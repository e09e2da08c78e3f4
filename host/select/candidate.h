/* SPDX-License-Identifier: Apache-2.0 */
/* A ranking of kernel variants: pure data and a pure sort. */
#ifndef CLQ_CANDIDATE_H
#define CLQ_CANDIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clqnn/status.h"

#define CLQ_REASON_CAPACITY 160

typedef struct clq_candidate {
    size_t index;            /* in the family's list of variants */
    bool admitted;
    double seconds;          /* estimated, if admitted */
    char reason[CLQ_REASON_CAPACITY];   /* if not */
} clq_candidate;

/* Admitted before refused, then by estimated time, then by list order. */
void clq_candidates_rank(clq_candidate *candidates, size_t count);

/* What every family asks first: that this is the wanted variant (`wanted` NULL: any), and that the device has what it needs. False with the reason. */
bool clq_candidate_is_open(clq_candidate *candidate, const char *name, const char *wanted, uint32_t needs, uint32_t bits);

/* Refuses with `reason`, where it is not NULL. Returns whether it was. */
bool clq_candidate_refuse(clq_candidate *candidate, const char *reason);

/* The name of a family's variant, by its index in the list. */
typedef const char *(*clq_variant_name)(const void *family, size_t index);

/* Fails with the refusal that matters to the caller: the wanted variant's, else the first one's. None of the ranked candidates is admitted. */
clqnn_status clq_candidates_fail(const clq_candidate *candidates, size_t count, const char *wanted, clq_variant_name name, const void *family);

/* The name of the first capability among `needs` that is not among `bits`; NULL if there is none. Static text. */
const char *clq_missing_capability(uint32_t needs, uint32_t bits);

/* The names of all capabilities among `needs`, comma-separated. */
void clq_needs_text(uint32_t needs, char *text, size_t capacity);

#endif
