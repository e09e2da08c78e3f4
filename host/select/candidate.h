/* SPDX-License-Identifier: Apache-2.0 */
/* A ranking of kernel variants: pure data and a pure sort. */
#ifndef CLQ_CANDIDATE_H
#define CLQ_CANDIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLQ_REASON_CAPACITY 160

typedef struct clq_candidate {
    size_t index;            /* in the family's list of variants */
    bool admitted;
    double seconds;          /* estimated, if admitted */
    char reason[CLQ_REASON_CAPACITY];   /* if not */
} clq_candidate;

/* Admitted before refused, then by estimated time, then by list order. */
void clq_candidates_rank(clq_candidate *candidates, size_t count);

/* The name of the first capability among `needs` that is not among `bits`; NULL if there is none. Static text. */
const char *clq_missing_capability(uint32_t needs, uint32_t bits);

/* The names of all capabilities among `needs`, comma-separated. */
void clq_needs_text(uint32_t needs, char *text, size_t capacity);

#endif
