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
]
