/* SPDX-License-Identifier: Apache-2.0 */
#include "bits_values.h"

#include <math.h>

#include "mixed_values.h"

static float some_float(clq_random *random)
{
    static const float special[] = {INFINITY, -INFINITY, NAN, -0.0f, 0.0f, 3e38f};
    if (clq_random_range(random, 0, 31) == 0) return special[clq_random_range(random, 0, 5)];
    return clq_random_float(random, -5.0f, 5.0f);
}

void clq_bits_fill_row(clq_random *random, clqnn_type type, clq_bits_data data, void *row, int64_t count)
{
    if (clq_is_planes(type)) {
        clq_fill_planes(random, type, data, row, count);
        return;
    }
    for (int64_t i = 0; i < count; i++) clq_mixed_store(row, i, type, some_float(random));
}
