/* SPDX-License-Identifier: Apache-2.0 */
/* The ones of each of 16 words. */
static inline uint16 count_ones(uint16 words)
{
    return popcount(words);
}
