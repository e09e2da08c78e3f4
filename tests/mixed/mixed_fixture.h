/* SPDX-License-Identifier: Apache-2.0 */
/* A small plain product of floats that is right until a test breaks it. For cmocka tests, on top of gemm_fixture.h. */
#ifndef MIXED_FIXTURE_H
#define MIXED_FIXTURE_H

#include "gemm_fixture.h"

/* f16 x f16 -> f32, FIXTURE_M x FIXTURE_N x FIXTURE_K, dense, constant b of static data. */
clqnn_gemm_desc mixed_fixture_desc(void);

/* The same with a u8 output, a bias, column scales, a bf16 residual, GELU and a clamp. */
clqnn_gemm_desc mixed_fixture_full_desc(void);

/* The f16 of a small integer. */
uint16_t mixed_fixture_half(int value);

#endif
