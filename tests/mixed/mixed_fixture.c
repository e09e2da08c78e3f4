/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed_fixture.h"

uint16_t mixed_fixture_half(int value)
{
    const uint32_t sign = value < 0 ? 0x8000 : 0;
    uint32_t fraction = (uint32_t)(value < 0 ? -value : value), exponent = 25;
    if (fraction == 0) return 0;
    while (fraction < 1024) fraction *= 2, exponent--;
    return (uint16_t)(sign | exponent << 10 | (fraction & 1023));
}

static const uint16_t *halves(void)
{
    static uint16_t b[FIXTURE_K * FIXTURE_N];
    for (int i = 0; i < FIXTURE_K * FIXTURE_N; i++) b[i] = mixed_fixture_half(i % 11 - 5);
    return b;
}

clqnn_gemm_desc mixed_fixture_desc(void)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = FIXTURE_M,
        .n = FIXTURE_N,
        .k = FIXTURE_K,
        .a = {.type = CLQNN_F16},
        .b = {.type = CLQNN_F16},
        .c = {.type = CLQNN_F32},
        .b_data = halves(),
    };
}

clqnn_gemm_desc mixed_fixture_full_desc(void)
{
    static const float scales[FIXTURE_N] = {0.25f, 0.5f, 0.125f, 1.0f, 0.75f}, bias[FIXTURE_N] = {1, -2, 3, -4, 5}, c_scale[] = {0.5f};
    static const int32_t c_zero[] = {128};
    clqnn_gemm_desc desc = mixed_fixture_desc();
    desc.c.type = CLQNN_U8;
    desc.c.quantization = (clqnn_quantization){.scales = c_scale, .scale_count = 1, .zero_points = c_zero, .zero_point_count = 1};
    desc.b.quantization = (clqnn_quantization){.scales = scales, .scale_count = FIXTURE_N};
    desc.bias = bias;
    desc.bias_type = CLQNN_F32;
    desc.residual.type = CLQNN_BF16;
    desc.activation = CLQNN_GELU;
    desc.has_clamp = 1;
    desc.clamp_min = 10;
    desc.clamp_max = 200;
    return desc;
}
