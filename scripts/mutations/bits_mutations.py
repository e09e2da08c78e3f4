# SPDX-License-Identifier: Apache-2.0
"""Defects of convolutions of bits and of the reference of bits, and those of products that the harness alone would see. Others: gemm_bits_mutations.py."""
GEMM = r"^bits/gemm_bits_(auto|portable|and_portable)$"
AND = r"^bits/gemm_bits_and_portable$"
CONV = r"^bits/conv_bits_(auto|portable)$"
ANY = r"^bits/(gemm|conv)_bits_(auto|portable)$"
REFERENCE = r"^reference/reference_bits_test$"

MUTATIONS = [
    ("bits_falling_threshold_not_met", "kernels/cl/bits/bits_store.cl", "total <= threshold;", "total < threshold;", ANY),
    ("bits_ternary_sign_of_one", "kernels/cl/bits/gemm_bits_portable.cl", "popcount((a[0] ^ column[p->b_plane]) & column[0])", "popcount((a[0] ^ column[p->b_plane]) | column[0])", GEMM),
    ("bits_row_sum_of_one_plane", "kernels/cl/bits/gemm_bits_portable.cl", "p.has_row_sums && i < p.a_planes", "p.has_row_sums && i < 1", AND),
    ("bits_zero_point_of_b", "host/bits/bits_product.c", "return form->lambda - zero_point;", "return form->lambda + zero_point;", ANY),
    ("bits_border_tap_not_corrected", "kernels/cl/bits/conv_bits_portable.cl", "p->has_edges && !is_inside; lane++", "p->has_edges && !is_inside && tap > 0; lane++", CONV),
    ("bits_group_within_a_word", "kernels/cl/bits/conv_bits_portable.cl", "if (shift + count > 32) word |=", "if (shift + count > 64) word |=", CONV),
    ("reference_threshold_not_met", "reference/reference_epilogue.c", "acc >= threshold)", "acc > threshold)", REFERENCE),
    ("reference_ternary_sign", "reference/bit_planes.c", "code & 2 ? -1 : 1", "code & 1 ? -1 : 1", REFERENCE),
    ("reference_plane_row_not_cleared", "reference/reference_conv.c", "if (clq_reference_plane_bits(run->desc.y.type)) clq_reference_clear_planes",
     "if (clq_reference_plane_bits(run->desc.y.type) > 8) clq_reference_clear_planes", REFERENCE),
]
