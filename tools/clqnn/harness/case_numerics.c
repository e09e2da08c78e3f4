/* SPDX-License-Identifier: Apache-2.0 */
#include "case_numerics.h"

int32_t clq_data_integer(clq_random *random, clqnn_type type, clq_data data)
{
    const int32_t low = type == CLQNN_S8 ? -128 : 0, high = type == CLQNN_S8 ? 127 : 255;
    const int32_t extremes[] = { low, high, low + 1, high - 1, 0, 1, type == CLQNN_S8 ? -1 : 128 };
    switch (data) {
    case CLQ_DATA_LOWEST: return low;
    case CLQ_DATA_HIGHEST: return high;
    case CLQ_DATA_EXTREMES: return extremes[clq_random_range(random, 0, (int64_t)(sizeof extremes / sizeof *extremes) - 1)];
    case CLQ_DATA_SMALL: return (int32_t)clq_random_range(random, type == CLQNN_S8 ? -2 : 0, type == CLQNN_S8 ? 2 : 3);
    case CLQ_DATA_RANDOM: break;
    }
    return (int32_t)clq_random_range(random, low, high);
}

const char *clq_data_name(clq_data data)
{
    static const char *const names[] = { "random", "extremes", "lowest", "highest", "small" };
    return names[data];
}
