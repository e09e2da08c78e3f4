/* SPDX-License-Identifier: Apache-2.0 */
/* Philox4x32-10 and the noise of an element: clqnn/fake_quant.h. */
static inline uint4 fake_philox(uint4 counter, uint2 key)
{
    for (int round = 0; round < 10; round++) {
        const ulong first = (ulong)counter.x * 0xd2511f53u, second = (ulong)counter.z * 0xcd9e8d57u;
        counter = (uint4)((uint)(second >> 32) ^ counter.y ^ key.x, (uint)second, (uint)(first >> 32) ^ counter.w ^ key.y, (uint)first);
        key += (uint2)(0x9e3779b9u, 0xbb67ae85u);
    }
    return counter;
}

/* Of element `index`; `step`: 1 / n. */
static inline float fake_noise(ulong index, uint count, uint2 key, float step)
{
    const uint4 words = fake_philox((uint4)((uint)(index >> 2), count, 0, 0), key);
    const uint pair_low = index & 1 ? words.y : words.x, pair_high = index & 1 ? words.w : words.z, word = index & 2 ? pair_high : pair_low;
    return ((float)(word >> 8) * 0x1p-24f - 0.5f) * step;
}
