/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of LANES elements, for CPU devices whose compiler has clang's vector types; wider than OpenCL's own where the registers are. Names end in the
 * width, so that one program may hold several. Bytes may lie at any address. */
#if !defined(LANES) || !defined(NAMED)
#error "a lanes/width part must stand before"
#endif
typedef uchar NAMED(lane_bytes) __attribute__((ext_vector_type(LANES), aligned(1)));
typedef uchar NAMED(lane_line) __attribute__((ext_vector_type(LANES)));
typedef ushort NAMED(lane_words) __attribute__((ext_vector_type(LANES / 2)));
typedef int NAMED(half_ints) __attribute__((ext_vector_type(LANES / 2)));
typedef float NAMED(half_floats) __attribute__((ext_vector_type(LANES / 2)));

static inline NAMED(lane_bytes) NAMED(load_bytes)(__global const uchar *from)
{
    return *(__global const NAMED(lane_bytes) *)from;
}

static inline void NAMED(store_bytes)(__global uchar *to, NAMED(lane_bytes) bytes)
{
    *(__global NAMED(lane_bytes) *)to = bytes;
}

/* The same past the caches, where `streams` says so and the bytes are whole cache lines. */
static inline void NAMED(stream_bytes)(__global uchar *to, NAMED(lane_bytes) bytes, bool streams)
{
    if (LANES == 64 && streams && ((ulong)to & 63) == 0) __builtin_nontemporal_store((NAMED(lane_line))bytes, (__global NAMED(lane_line) *)to);
    else NAMED(store_bytes)(to, bytes);
}

static inline NAMED(lane_bytes) NAMED(larger_bytes)(NAMED(lane_bytes) a, NAMED(lane_bytes) b)
{
    return a > b ? a : b;
}

/* A byte is the low or the high half of a 16-bit word: the even lanes of bytes and the odd ones, LANES / 2 each, without moving anything. */
typedef struct NAMED(lane_pairs) {
    NAMED(lane_words) even, odd;
} NAMED(lane_pairs);

static inline NAMED(lane_bytes) NAMED(join_pairs)(NAMED(lane_words) even, NAMED(lane_words) odd)
{
    return __builtin_astype((even & (ushort)255) | odd << (ushort)8, NAMED(lane_bytes));
}

static inline void NAMED(add_bytes)(NAMED(lane_pairs) *sum, NAMED(lane_bytes) bytes)
{
    const NAMED(lane_words) words = __builtin_astype(bytes, NAMED(lane_words));
    sum->even += words & (ushort)255;
    sum->odd += words >> (ushort)8;
}

/* rne(acc * multiplier) limited to [low, high], integers: modulo 2^16. Both operations in binary32; limits are integers, so that they may come before the
 * rounding. Adding 1.5 * 2^23 rounds to nearest even whatever lies below 2^22, and leaves the integer in the low bits. */
static inline NAMED(lane_words) NAMED(requantize_half)(NAMED(half_ints) acc, float multiplier, float low, float high)
{
    NAMED(half_floats) product = __builtin_convertvector(acc, NAMED(half_floats)) * multiplier;
    product = product > low ? product : (NAMED(half_floats))low;
    product = product < high ? product : (NAMED(half_floats))high;
    return __builtin_convertvector(__builtin_astype(product + 12582912.0f, NAMED(half_ints)), NAMED(lane_words));
}
