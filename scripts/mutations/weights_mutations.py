# SPDX-License-Identifier: Apache-2.0
"""Defects of integers with groups: what is packed, what is refused, and the kernels that read it."""
PANELS = "host/layout/group_panels.c"
CODES = "host/layout/group_codes.c"
VALIDATE = "host/mixed/groups_validate.c"
ARRANGE = "host/mixed/groups_arrange.c"
ROWS = "kernels/cl/mixed/gemm_weights_rows.cl"
TILE = "kernels/cl/mixed/gemm_weights_tile.cl"
SLICES = "kernels/cl/mixed/gemm_weights_slices.cl"
LANES = "kernels/cl/mixed/group_lanes.cl"
PREPARED = "kernels/cl/mixed/group_rows.cl"
BYTES = "kernels/cl/mixed/gemm_weights_bytes.cl"
MADE_BYTES = "kernels/cl/mixed/group_bytes.cl"
VALUES = r"^mixed/weights_semantics_test$"
REFUSED = r"^mixed/weights_bad_descriptor_test$"
QUANTIZED = r"^mixed/gemm_weights_bytes_vec16$"

MUTATIONS = [
    ("groups_order_forgotten", PANELS, "next[index[k]]++", "next[index[0] * 0 + k / form->group]++", VALUES),
    ("groups_second_plane", PANELS, "words[PANEL] = make_word(codes + 32 / low, low, 0);", "words[PANEL] = make_word(codes, low, 0);", VALUES),
    ("groups_tables_turned", PANELS, "source->transposed ? column * shape->groups + group", "!source->transposed ? column * shape->groups + group", VALUES),
    ("groups_bias_of_signed", CODES, "? 1 << (codes[type].bits - 1) : 0", "? 1 << codes[type].bits : 0", VALUES),
    ("groups_short_last", CODES, "+ (last + block - 1) / block * block;", "+ last / block * block;", VALUES),
    ("groups_zero_point_range", VALIDATE, "if (zero < low || zero > high) {", "if (zero < low) {", REFUSED),
    ("groups_index_count", VALIDATE, "if (rows[g] != wanted) {", "if (rows[g] > wanted + 1) {", REFUSED),
    ("groups_size_beyond_k", VALIDATE, "groups->size > most) {", "groups->size > most + 1) {", REFUSED),
    ("groups_slab_of_c", ARRANGE, "step->base[4] += (uint64_t)first * params.c_row", "step->base[4] += (uint64_t)(first / 2) * params.c_row", VALUES),
    ("groups_rows_part_lost", ROWS, "part < PARTS(ROWS); part++", "part < PARTS(ROWS) - 1; part++", VALUES),
    ("groups_rows_zero_point", ROWS, "(i % 2 ? high : low);", "(i % 2 ? low : high);", VALUES),
    ("groups_tile_offset", TILE, "scale * (x - zero) - offset;", "scale * (x - zero);", VALUES),
    ("groups_tile_tail", TILE, "to[i * A_STRIDE + k] = 0.0f;", "to[i * A_STRIDE + k] = 1.0f;", VALUES),
    ("groups_slice_left_out", SLICES, "for (int other = 0; other < SLICES; other++)", "for (int other = 1; other < SLICES; other++)", r"^mixed/gemm_weights_slices16$"),
    ("groups_zero_width", LANES, "const int width = p->code_bits == 3 ? 4 :", "const int width = p->code_bits == 3 ? 3 :", VALUES),
    ("groups_prepared_zero_point", PREPARED, "low, high) - parameters.y;", "low, high);", VALUES),
    ("groups_bytes_zero_of_rows", BYTES, "x -= code_total[v] * (INTS)walk->zeros[row];", "x -= code_total[v] * (INTS)walk->zeros[0];", QUANTIZED),
    ("groups_bytes_short_flush", BYTES, "i < blocks; i++) {  ", "i < blocks - 1; i++) {", QUANTIZED),
    ("groups_bytes_offset", BYTES, "all[row][v] -= ends.offset", "all[row][v] += ends.offset", QUANTIZED),
    ("groups_bytes_sum_of_tail", MADE_BYTES, "        sum += x;", "        sum += k;", QUANTIZED),
    ("groups_bytes_place", MADE_BYTES, "begin / p->group_rows * (ulong)p->group - begin;", "0;", QUANTIZED),
]
