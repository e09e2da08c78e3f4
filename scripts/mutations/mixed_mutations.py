# SPDX-License-Identifier: Apache-2.0
"""Defects of products of floats: kernels, packed weights and their blobs, the reference and case files."""
STORE = "kernels/cl/mixed/mixed_store.cl"
PORTABLE = "kernels/cl/mixed/gemm_mixed_portable.cl"
GROUPS = "kernels/cl/mixed/gemm_weights_portable.cl"
BLOB = "host/mixed/mixed_blob.c"
FLOATS = r"^mixed/gemm_mixed_portable$"
WEIGHTS = r"^mixed/gemm_weights_portable$"

MUTATIONS = [
    ("mixed_bias_subtracted", STORE, "if (p->has_bias) x += bias;", "if (p->has_bias) x -= bias;", FLOATS),
    ("mixed_residual_after_activation", STORE, "    if (p->residual_type) x += residual;\n    x = mixed_activate(x, p->activation);",
     "    x = mixed_activate(x, p->activation);\n    if (p->residual_type) x += residual;", FLOATS),
    ("mixed_nan_lost_in_clamp", STORE, "x < low ? (mixed_real)low : x;", "fmax(x, (mixed_real)low);", FLOATS),
    ("mixed_relu_loses_nan", STORE, "return x < 0.0f ? (mixed_real)0.0f : x;", "return x > 0.0f ? x : (mixed_real)0.0f;", FLOATS),
    ("mixed_gelu_of_the_other_kind", STORE, "case MIXED_GELU: return x * mixed_normal(x);",
     "case MIXED_GELU: return x / (1.0f + exp(x * (x * x * -0.0713548163f - 1.59576912f)));", FLOATS),
    ("mixed_silu_sign", STORE, "case MIXED_SILU: return x / (1.0f + exp(-x));", "case MIXED_SILU: return x / (1.0f + exp(x));", FLOATS),
    ("mixed_zero_point_before_rounding", STORE, "rint(mixed_divide(clamp(number, -limit, limit), p->c_scale)) + (float)p->c_zero",
     "rint(mixed_divide(clamp(number, -limit, limit), p->c_scale) + (float)p->c_zero)", FLOATS),
    ("mixed_rows_beyond_a", PORTABLE, "(row + min(i, rows - 1)) * p.a_row", "(row + i) * p.a_row", r"^mixed/gemm_mixed_portable_guard_pages$"),
    ("mixed_residual_batch_of_c", PORTABLE, "inner * p.residual_batch[1] + column", "inner * p.c_batch[1] + column", FLOATS),
    ("mixed_last_group_too_long", GROUPS, "k < min(p.k, first + p.group_rows)", "k < first + p.group_rows", r"^mixed/gemm_weights_portable(_guard_pages)?$"),
    ("mixed_group_scale_of_first", GROUPS, "group_load(&p, packed, panel, group, lane)", "group_load(&p, packed, panel, 0, lane)", WEIGHTS),
    ("mixed_blob_matrices_unchecked", BLOB, "    CLQ_FORWARD(check_matrices(&fields, packed));\n", "    (void)check_matrices(&fields, packed);\n",
     r"^mixed/mixed_(blob|bad_groups)_test$"),
    ("mixed_blob_index_forgotten", BLOB, ".has_index = header->has_index != 0}", ".has_index = false}", r"^mixed/(gemm_weights_portable|mixed_bad_groups_test)$"),
    ("mixed_retain_unchecked", "host/op/op_plan.c", "if (code == CL_SUCCESS) op->weights = recipe.weights;", "if (code <= CL_SUCCESS) op->weights = recipe.weights;",
     r"^layer/opencl_failures$"),
    ("mixed_reference_forgets_a_rounding", "reference/reference_gemm_float.c", "+ (desc->bias != NULL) +", "+", r"^reference/gemm_float_test$"),
    ("mixed_case_groups_not_turned", "tools/clqnn/case/case_gemm_groups.c", "return view->transposed ? i % n * view->count + i / n : i;",
     "return view->transposed && i < 0 ? i % n * view->count + i / n : i;", r"^mixed/mixed_case_file_test$"),
]
