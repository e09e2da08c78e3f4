/* SPDX-License-Identifier: Apache-2.0 */
/* sums[place / ITEM_COLUMNS][place % ITEM_COLUMNS], by comparisons: registers have no index, and what follows a sum is compiled once. */
static inline float chosen_sum(float sums[ITEM_ROWS][ITEM_COLUMNS], int place)
{
    float sum = sums[0][0];
    #pragma unroll
    for (int other = 1; other < ITEM_ROWS * ITEM_COLUMNS; other++) sum = place == other ? sums[other / ITEM_COLUMNS][other % ITEM_COLUMNS] : sum;
    return sum;
}
