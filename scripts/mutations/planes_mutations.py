# SPDX-License-Identifier: Apache-2.0
"""Defects of the operators of bit planes: packing, unpacking, window means and maxima."""
PACK_ELEMENT = "kernels/cl/bits/pack_bits_element.cl"
PACK_VECTOR = "kernels/cl/bits/pack_bits_vector.cl"
UNPACK_VECTOR = "kernels/cl/bits/unpack_bits_vector.cl"
MEAN_ELEMENT = "kernels/cl/bits/window_mean_element.cl"
MEAN_VECTOR = "kernels/cl/bits/window_mean_vector.cl"
PACK = r"^pointwise/pack_bits_portable$"
PACK_FAST = r"^pointwise/pack_bits_vector$"
UNPACK_FAST = r"^pointwise/unpack_bits_vector$"
MEAN = r"^pointwise/window_mean_portable$"
MEAN_FAST = r"^pointwise/window_mean_vector$"
POOL = r"^shape/pool_bits_(portable|vector)$"

MUTATIONS = [
    ("pack_minus_zero_is_negative", PACK_ELEMENT, "return bits < 0 ? INT_MIN - bits : bits;", "return bits < 0 ? INT_MIN - bits - 1 : bits;", PACK),
    ("pack_nan_is_a_number", PACK_ELEMENT, "(as_int(real) & 0x7fffffff) <= 0x7f800000 && ordered_bits", "ordered_bits", PACK),
    ("pack_ternary_threshold_counts", PACK_ELEMENT, "magnitude > as_int(threshold)", "magnitude >= as_int(threshold)", PACK),
    ("pack_odd_nan", PACK_ELEMENT, "return high / 2 + 1;", "return high / 2;", PACK),
    ("pack_tail_has_neighbours", "kernels/cl/bits/pack_bits_portable.cl", "(uint)min((ulong)32, p.last - first)", "32u", PACK),
    ("pack_vector_threshold_stays", PACK_VECTOR, "thresholds += r->threshold_stride;", "thresholds += 0;", PACK_FAST),
    ("pack_vector_odd_nan", PACK_VECTOR, "(quotient == quotient ? quotient : 1.0f)", "(quotient == quotient ? quotient : 0.0f)", PACK_FAST),
    ("pack_vector_incomplete_group", PACK_VECTOR, "left >= 32 ? run : 0;", "run;", PACK_FAST),
    ("lanes_half_lost", "kernels/cl/bits/bit_lanes.cl", "(low & LOW_BITS) | (high & (LOW_BITS << 16))", "(low & LOW_BITS)", PACK_FAST),
    ("unpack_sign_extension", "kernels/cl/bits/unpack_bits_element.cl", "(int)(code << (32 - bits)) >> (32 - bits)", "(int)code", r"^pointwise/unpack_bits_portable$"),
    ("unpack_vector_odd_levels", UNPACK_VECTOR, "code = 2 * code - ((1 << r->bits) - 1);", "code = 2 * code - (1 << r->bits);", UNPACK_FAST),
    ("unpack_vector_streams_unaligned", UNPACK_VECTOR, "r->streams && (((ulong)r->y | r->y_stride) & 63) == 0", "r->streams", UNPACK_FAST),
    ("mean_order", MEAN_ELEMENT, "sums[j] += sums[j + reach];", "sums[j] += sums[2 * reach - 1 - j];", MEAN),
    ("mean_vector_order", MEAN_VECTOR, "const float8 eight = sums.lo + sums.hi;", "const float8 eight = sums.even + sums.odd;", MEAN_FAST),
    ("mean_vector_reach", MEAN_VECTOR, "column + reach <= (long)p.image[1]", "column + reach <= (long)p.image[1] + 1", MEAN_FAST),
    ("pool_bits_or_for_and", "host/bits/pool_bits_family.c", ".is_and = problem->x.type == CLQNN_B1,", ".is_and = problem->x.type == CLQNN_PO1,", POOL),
    ("pool_bits_padding_counts", "host/bits/pool_bits_family.c", "window[1] = (int32_t)at.inside;", "window[1] = (int32_t)at.inside + 1;", POOL),
]
