/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of LANES elements, for CPU devices whose compiler has clang's vector types; wider than OpenCL's own where the registers are. Names end in the
 * width, so that one program may hold several. Bytes may lie at any address. */
#if !defined(LANES) || !defined(NAMED)
#error "a lanes/width part must stand before"
#endif
typedef uchar NAMED(lane_bytes) __attribute__((ext_vector_type(LANES), aligned(1)));
typedef ushort NAMED(lane_shorts) __attribute__((ext_vector_type(LANES)));
typedef uint NAMED(lane_uints) __attribute__((ext_vector_type(LANES)));
typedef int NAMED(lane_ints) __attribute__((ext_vector_type(LANES)));
typedef float NAMED(lane_floats) __attribute__((ext_vector_type(LANES)));

static inline NAMED(lane_bytes) NAMED(load_bytes)(__global const uchar *from)
{
    return *(__global const NAMED(lane_bytes) *)from;
}

static inline void NAMED(store_bytes)(__global uchar *to, NAMED(lane_bytes) bytes)
{
    *(__global NAMED(lane_bytes) *)to = bytes;
}

static inline NAMED(lane_bytes) NAMED(larger_bytes)(NAMED(lane_bytes) a, NAMED(lane_bytes) b)
{
    return a > b ? a : b;
}

/* rne(acc * multiplier) + zero, clamped: both operations in binary32. Adding 1.5 * 2^23 rounds to nearest even whatever lies below 2^22. */
static inline NAMED(lane_ints) NAMED(requantize_lanes)(NAMED(lane_ints) acc, NAMED(lane_floats) multiplier, int zero, int low, int high)
{
    NAMED(lane_floats) product = __builtin_convertvector(acc, NAMED(lane_floats)) * multiplier;
    product = product > -1000.0f ? product : (NAMED(lane_floats))-1000.0f;
    product = product < 1000.0f ? product : (NAMED(lane_floats))1000.0f;
    const NAMED(lane_ints) rounded = __builtin_astype(product + 12582912.0f, NAMED(lane_ints)) - 0x4b400000 + zero;
    const NAMED(lane_ints) least = rounded > low ? rounded : (NAMED(lane_ints))low;
    return least < high ? least : (NAMED(lane_ints))high;
}
