# SPDX-License-Identifier: Apache-2.0
"""Defects of the kernels of products of floats: CPU vectors, local tiles, the dot product of pairs."""
VECTOR = r"^mixed/gemm_mixed_(avx2|vec16)$"
ANY = r"^mixed/gemm_mixed_(avx2|vec16|portable)$"
EMULATED = r"^emulation/x86_mixed$"
LOCAL = r"^mixed/oclgrind_gemm_mixed_local$"   # PoCL puts a barrier of its own at the end of such a loop

MUTATIONS = [
    ("mixed_block_tail_not_copied", "kernels/cl/mixed/mixed_block.cl", "if (whole < columns && !overlaps) block_copy_few(place, from, type, stride, 1,",
     "if (whole > columns) block_copy_few(place, from, type, stride, 1,", VECTOR),
    ("mixed_tile_last_k_forgotten", "kernels/cl/mixed/mixed_tile.cl", "PHASES > 1 && k < depth; k++", "PHASES > 2 && k < depth; k++", VECTOR),
    ("mixed_normal_coefficient", "kernels/cl/mixed/mixed_store.cl", "0.797884941f", "0.797874941f", ANY),
    ("mixed_pairs_of_one_panel", "kernels/cl/mixed/gemm_mixed_avx512_bf16.cl", "panel + TILE_PANELS <= panels ? panel_pairs : 0", "0", EMULATED),
    ("mixed_local_tile_overwritten", "kernels/cl/mixed/gemm_mixed_local.cl", "barrier(CLK_LOCAL_MEM_FENCE); /* before", "/* before", LOCAL),
    ("mixed_slices_row_beyond", "kernels/cl/mixed/gemm_mixed_slices.cl", "k < p.k && r < p.m ?", "k < p.k ?", r"^mixed/gemm_mixed_slices16_guard_pages$"),
    ("mixed_half_sums_pairs", "kernels/cl/mixed/gemm_mixed_local.cl", "first_column + TILE_COLUMN(x, place % ITEM_COLUMNS)", "first_column + x + 16 * (place % ITEM_COLUMNS)",
     r"^emulation/half_sums$"),
    ("mixed_half_sums_bound", "reference/reference_gemm_float.c", "#define HALF_UNIT 0x1p-11 ", "#define HALF_UNIT 0x1p-17 ", r"^emulation/half_sums$"),
]
