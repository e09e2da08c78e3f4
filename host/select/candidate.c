/* SPDX-License-Identifier: Apache-2.0 */
#include "select/candidate.h"

#include <stdlib.h>

static int better_first(const void *left, const void *right)
{
    const clq_candidate *a = left, *b = right;
    if (a->admitted != b->admitted) return a->admitted ? -1 : 1;
    if (a->admitted && a->seconds != b->seconds) return a->seconds < b->seconds ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

void clq_candidates_rank(clq_candidate *candidates, size_t count)
{
    qsort(candidates, count, sizeof *candidates, better_first);
}
