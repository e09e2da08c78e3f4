/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_slot_statistics. */
typedef struct slot_statistics {
    uint count[2], nonzero[2], nonfinite[2];
    float min, max;
    float running_min, running_max;
    float sample_min[2], sample_max[2];
    uint samples, calls;
    uint moment_count[2];
    float sum[2], deviations[2], squares[2];
} slot_statistics;

static inline ulong long_count(const uint *words)
{
    return words[0] | (ulong)words[1] << 32;
}

static inline void add_count(uint *words, ulong more)
{
    const ulong all = long_count(words) + more;
    words[0] = (uint)all;
    words[1] = (uint)(all >> 32);
}

static inline void add_to_pair(float *words, float x)
{
    const float_pair before = {words[0], words[1]}, after = pair_add(before, x);
    words[0] = after.hi;
    words[1] = after.lo;
}
