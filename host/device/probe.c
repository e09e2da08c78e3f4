/* SPDX-License-Identifier: Apache-2.0 */
#include "device/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "core/message.h"
#include "device/context.h"
#include "device/host_cpu.h"
#include "device/kernel_source.h"
#include "device/program.h"
#include "device/quirks.h"

#define PROBE_COUNT 1024   /* words of input; more is not needed to see a division that is off */

typedef struct probe_data {
    uint32_t a[PROBE_COUNT], b[PROBE_COUNT];
    int32_t got[PROBE_COUNT], expected[PROBE_COUNT];
} probe_data;

/* One program that decides one or more capabilities. `gate` clears bits of `bits` that must not even be tried. */
typedef struct probe {
    const char *parts[4];
    const char *kernel;
    size_t work_items, group;
    uint32_t (*gate)(const clqnn_context *context, char defines[128]);
    /* Fills data->expected for the capability; its outputs are [*first, *first + *count) */
    void (*expect)(probe_data *data, uint32_t bit, size_t *first, size_t *count);
    void (*fill)(probe_data *data);
} probe;

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state ^ *state >> 15;
}

static void fill_bytes(probe_data *data)
{
    uint32_t state = 1;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        data->a[i] = next_random(&state);
        data->b[i] = next_random(&state);
    }
    data->a[0] = 0x80808080u; /* the extremes of both signednesses */
    data->b[0] = 0x80808080u;
    data->a[1] = 0xffffffffu;
    data->b[1] = 0x7f7f7f7fu;
}

/* Positive normal floats. */
static void fill_floats(probe_data *data)
{
    uint32_t state = 2;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        data->a[i] = 0x30000000u + (next_random(&state) & 0x1fffffffu);
        data->b[i] = 0x30000000u + (next_random(&state) & 0x1fffffffu);
    }
}

static uint32_t gate_x86(const clqnn_context *context, char defines[128])
{
    uint32_t bits = 0;
    if (!clq_quirk_runs_host_assembly(&context->info)) return 0;
    if (clq_host_has_avx2()) bits |= CLQ_CAP_X86_AVX2;
    if (clq_host_has_avx512()) bits |= CLQ_CAP_X86_AVX512;
    if (clq_host_has_avx512_vnni()) bits |= CLQ_CAP_X86_AVX512_VNNI;
    if (clq_host_has_avx512_bf16()) bits |= CLQ_CAP_X86_AVX512_BF16;
    if (clq_host_has_avx512_vpopcntdq()) bits |= CLQ_CAP_X86_AVX512_VPOPCNTDQ;
    if (bits & CLQ_CAP_X86_AVX2) strcat(defines, " -DUSE_AVX2");
    if (bits & CLQ_CAP_X86_AVX512) strcat(defines, " -DUSE_AVX512");
    if (bits & CLQ_CAP_X86_AVX512_VNNI) strcat(defines, " -DUSE_AVX512_VNNI");
    if (bits & CLQ_CAP_X86_AVX512_BF16) strcat(defines, " -DUSE_AVX512_BF16");
    if (bits & CLQ_CAP_X86_AVX512_VPOPCNTDQ) strcat(defines, " -DUSE_AVX512_VPOPCNTDQ");
    return bits;
}

static void expect_x86(probe_data *data, uint32_t bit, size_t *first, size_t *count)
{
    *first = bit == CLQ_CAP_X86_AVX2 ? 0 : bit == CLQ_CAP_X86_AVX512 ? 16 : bit == CLQ_CAP_X86_AVX512_VNNI ? 32 : bit == CLQ_CAP_X86_AVX512_BF16 ? 48 : 64;
    *count = bit == CLQ_CAP_X86_AVX2 ? 8 : 16;
    for (size_t i = 0; i < *count; i++) {
        const uint32_t a = data->a[i], b = data->b[i];
        uint32_t sum = 0;
        if (bit == CLQ_CAP_X86_AVX2) {
            sum = (uint32_t)((int16_t)a * (int16_t)b) + (uint32_t)((int16_t)(a >> 16) * (int16_t)(b >> 16));
        } else if (bit == CLQ_CAP_X86_AVX512) {
            sum = a * b;
        } else if (bit == CLQ_CAP_X86_AVX512_BF16) {
            sum = (a & 255) * (b & 255) + (a >> 8 & 255) * (b >> 8 & 255);
        } else if (bit == CLQ_CAP_X86_AVX512_VPOPCNTDQ) {
            for (uint32_t rest = a ^ b; rest; rest >>= 1) sum += rest & 1;
        } else {
            for (int byte = 0; byte < 4; byte++) sum += (uint32_t)((uint8_t)(a >> 8 * byte) * (int8_t)(b >> 8 * byte));
        }
        data->expected[*first + i] = (int32_t)sum;
    }
}

static uint32_t gate_divide(const clqnn_context *context, char defines[128])
{
    (void)context, (void)defines;
    return CLQ_CAP_EXACT_DIVIDE;
}

static void expect_divide(probe_data *data, uint32_t bit, size_t *first, size_t *count)
{
    (void)bit;
    *first = 0;
    *count = PROBE_COUNT;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        float a, b;
        memcpy(&a, &data->a[i], sizeof a);
        memcpy(&b, &data->b[i], sizeof b);
        const float quotient = a / b;
        memcpy(&data->expected[i], &quotient, sizeof quotient);
    }
}

static bool has_extension(const clqnn_context *context, const char *name)
{
    return strstr(context->info.extensions, name) != NULL;
}

/* NVIDIA's compute capability times 10, or 0 elsewhere. Where the device does not say, the program decides: the highest. */
static uint32_t nvidia_compute_capability(const clqnn_context *context)
{
    cl_uint major = 0, minor = 0;
    if (!has_extension(context, "cl_nv_device_attribute_query")) return 0;
    if (clGetDeviceInfo(context->device, 0x4000, sizeof major, &major, NULL) != CL_SUCCESS) return UINT32_MAX;
    if (clGetDeviceInfo(context->device, 0x4001, sizeof minor, &minor, NULL) != CL_SUCCESS) return UINT32_MAX;
    return major * 10 + minor;
}

static uint32_t gate_khr(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return has_extension(context, "cl_khr_integer_dot_product") ? CLQ_CAP_DOT_KHR : 0;
}

static uint32_t gate_dp4a(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return nvidia_compute_capability(context) >= 61 ? CLQ_CAP_DOT_DP4A : 0;
}

static uint32_t gate_sdot4(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return context->info.is_gpu && has_extension(context, "cl_amd_device_attribute_query") ? CLQ_CAP_DOT_SDOT4 : 0;
}

static uint32_t gate_arm(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return has_extension(context, "cl_arm_integer_dot_product_int8") ? CLQ_CAP_DOT_ARM : 0;
}

static void expect_dot4(probe_data *data, uint32_t bit, size_t *first, size_t *count)
{
    (void)bit;
    *first = 0;
    *count = PROBE_COUNT;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        int32_t sum = (int32_t)i - 7;
        for (int byte = 0; byte < 4; byte++) sum += (int8_t)(data->a[i] >> 8 * byte) * (int8_t)(data->b[i] >> 8 * byte);
        data->expected[i] = sum;
    }
}

/* NVIDIA's compilers know the extension on devices that do not report it. */
static uint32_t gate_fp16(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return has_extension(context, "cl_khr_fp16") || nvidia_compute_capability(context) >= 60 ? CLQ_CAP_FP16 : 0;
}

/* Whole numbers whose products and sums halves hold. */
static void expect_fp16(probe_data *data, uint32_t bit, size_t *first, size_t *count)
{
    (void)bit;
    *first = 0;
    *count = PROBE_COUNT;
    for (size_t i = 0; i < PROBE_COUNT; i++) {
        int32_t sum = 0;
        for (int byte = 0; byte < 4; byte++) sum += (int8_t)(data->a[i] >> 8 * byte) / 8 * ((int8_t)(data->b[i] >> 8 * byte) / 8);
        data->expected[i] = sum;
    }
}

static uint32_t gate_nv_mma(const clqnn_context *context, char defines[128])
{
    (void)defines;
    return nvidia_compute_capability(context) >= 80 ? CLQ_CAP_NV_MMA_S8 : 0;
}

/* a is 16 x 32 row-major u8 (128 words), b is 8 columns of 32 s8 (64 words); out is 16 x 8. */
static void expect_nv_mma(probe_data *data, uint32_t bit, size_t *first, size_t *count)
{
    (void)bit;
    *first = 0;
    *count = 128;
    for (size_t row = 0; row < 16; row++) {
        for (size_t column = 0; column < 8; column++) {
            int32_t sum = 0;
            for (size_t k = 0; k < 32; k++) {
                const uint8_t a = (uint8_t)(data->a[row * 8 + k / 4] >> 8 * (k % 4));
                const int8_t b = (int8_t)(data->b[column * 8 + k / 4] >> 8 * (k % 4));
                sum += a * b;
            }
            data->expected[row * 8 + column] = sum;
        }
    }
}

static const probe probes[] = {
    {{"prelude/types", "probe/x86"}, "probe_x86", 1, 1, gate_x86, expect_x86, fill_bytes},
    {{"prelude/types", "probe/float_division"}, "probe_divide", PROBE_COUNT, 64, gate_divide, expect_divide, fill_floats},
    {{"prelude/types", "dot/khr", "probe/dot4"}, "probe_dot4", PROBE_COUNT, 64, gate_khr, expect_dot4, fill_bytes},
    {{"prelude/types", "dot/dp4a", "probe/dot4"}, "probe_dot4", PROBE_COUNT, 64, gate_dp4a, expect_dot4, fill_bytes},
    {{"prelude/types", "dot/sdot4", "probe/dot4"}, "probe_dot4", PROBE_COUNT, 64, gate_sdot4, expect_dot4, fill_bytes},
    {{"prelude/types", "dot/arm", "probe/dot4"}, "probe_dot4", PROBE_COUNT, 64, gate_arm, expect_dot4, fill_bytes},
    {{"prelude/types", "tile/nv_mma", "probe/nv_mma_u8s8"}, "probe_nv_mma", 32, 32, gate_nv_mma, expect_nv_mma, fill_bytes},
    {{"prelude/types", "probe/half_sums"}, "probe_half_sums", PROBE_COUNT, 64, gate_fp16, expect_fp16, fill_bytes},
};

static bool run_kernel(const clqnn_context *context, cl_kernel kernel, const probe *p, probe_data *data)
{
    cl_int code = CL_SUCCESS;
    const cl_mem_flags copy = CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR;
    cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    cl_mem a = queue ? clCreateBuffer(context->cl, copy, sizeof data->a, data->a, &code) : NULL;
    cl_mem b = a ? clCreateBuffer(context->cl, copy, sizeof data->b, data->b, &code) : NULL;
    cl_mem out = b ? clCreateBuffer(context->cl, CL_MEM_READ_WRITE, sizeof data->got, NULL, &code) : NULL;
    bool done = out && clSetKernelArg(kernel, 0, sizeof a, &a) == CL_SUCCESS && clSetKernelArg(kernel, 1, sizeof b, &b) == CL_SUCCESS
                && clSetKernelArg(kernel, 2, sizeof out, &out) == CL_SUCCESS;
    done = done && clEnqueueNDRangeKernel(queue, kernel, 1, NULL, &p->work_items, &p->group, 0, NULL, NULL) == CL_SUCCESS;
    done = done && clEnqueueReadBuffer(queue, out, CL_TRUE, 0, sizeof data->got, data->got, 0, NULL, NULL) == CL_SUCCESS;
    if (out) clReleaseMemObject(out);
    if (b) clReleaseMemObject(b);
    if (a) clReleaseMemObject(a);
    if (queue) clReleaseCommandQueue(queue);
    return done;
}

/* The shared verdict of the program, before answers are looked at; RIGHT means that it ran. */
static clq_probe_verdict run_probe(clqnn_context *context, const probe *p, const char *defines, probe_data *data)
{
    clq_program_source source = {.defines = defines};
    memcpy(source.parts, p->parts, sizeof p->parts);
    cl_program program = NULL;
    const clqnn_status status = clq_program_get(context, &source, NULL, NULL, &program);
    if (status == CLQNN_BUILD_FAILED || status == CLQNN_UNSUPPORTED) return CLQ_PROBE_BUILD_FAILED;
    if (status != CLQNN_OK) return CLQ_PROBE_RUN_FAILED;
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, p->kernel, &code);
    const bool ran = kernel && run_kernel(context, kernel, p, data);
    if (kernel) clReleaseKernel(kernel);
    clReleaseProgram(program);
    return ran ? CLQ_PROBE_RIGHT : CLQ_PROBE_RUN_FAILED;
}

static uint32_t untried(const clqnn_context *context)
{
    uint32_t bits = 0;
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) bits |= context->verdicts[index] == CLQ_PROBE_UNTRIED ? 1u << index : 0;
    return bits;
}

static void try_probe(clqnn_context *context, const probe *p, probe_data *data)
{
    char defines[128] = "";
    const uint32_t tried = p->gate(context, defines) & untried(context);
    if (!tried) return;
    p->fill(data);
    const clq_probe_verdict ran = run_probe(context, p, defines, data);
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        const uint32_t bit = 1u << index;
        if (!(tried & bit)) continue;
        clq_probe_verdict verdict = ran;
        if (ran == CLQ_PROBE_RIGHT) {
            size_t first = 0, count = 0;
            p->expect(data, bit, &first, &count);
            if (memcmp(data->got + first, data->expected + first, count * sizeof *data->got) != 0) verdict = CLQ_PROBE_WRONG_ANSWER;
        }
        context->verdicts[index] = (uint8_t)verdict;
    }
}

/* Facts that need no program. */
static void decide_facts(clqnn_context *context)
{
    const bool is_host = clq_quirk_runs_host_assembly(&context->info), has_local = context->info.local_bytes >= 32768 && context->info.max_work_group >= 256;
    context->verdicts[CLQ_CAP_HOST_CPU_INDEX] = is_host ? CLQ_PROBE_RIGHT : CLQ_PROBE_GATED;
    context->verdicts[CLQ_CAP_LOCAL_MEMORY_INDEX] = has_local ? CLQ_PROBE_RIGHT : CLQ_PROBE_GATED;
}

static uint64_t verdicts_key(const clqnn_context *context)
{
    const uint32_t host[5] = {clq_host_has_avx2(), clq_host_has_avx512(), clq_host_has_avx512_vnni(), clq_host_has_avx512_bf16(), clq_host_has_avx512_vpopcntdq()};
    uint64_t key = clq_hash(context->identity, host, sizeof host);
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        for (size_t part = 0; part < sizeof probes[i].parts / sizeof probes[i].parts[0] && probes[i].parts[part]; part++) {
            const clq_kernel_source *source = clq_kernel_source_find(probes[i].parts[part]);
            if (source) key = clq_hash(key, source->text, source->length);
        }
    }
    return clq_hash(key, "verdicts", 8);
}

/* The verdicts of earlier contexts; what they could not settle is UNTRIED. */
static void load_verdicts(clqnn_context *context, uint64_t key)
{
    void *kept = NULL;
    size_t size = 0;
    if (clq_disk_cache_load(&context->cache, key, &kept, &size) && size == sizeof context->verdicts) memcpy(context->verdicts, kept, size);
    free(kept);
}

/* A program that did not run may run next time (no memory, a device in trouble): that is no verdict to keep. */
static void store_verdicts(const clqnn_context *context, uint64_t key)
{
    uint8_t kept[CLQ_CAPABILITY_COUNT];
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        kept[index] = context->verdicts[index] == CLQ_PROBE_RUN_FAILED ? CLQ_PROBE_UNTRIED : context->verdicts[index];
    }
    clq_disk_cache_store(&context->cache, key, kept, sizeof kept, &context->log);
}

static clqnn_status try_all(clqnn_context *context)
{
    probe_data *data = calloc(1, sizeof *data);
    if (!data) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to probe the device");
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) try_probe(context, &probes[i], data);
    free(data);
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        if (context->verdicts[index] == CLQ_PROBE_UNTRIED) context->verdicts[index] = CLQ_PROBE_GATED;
    }
    return CLQNN_OK;
}

clqnn_status clq_probe_all(clqnn_context *context)
{
    const uint64_t key = verdicts_key(context);
    memset(context->verdicts, CLQ_PROBE_UNTRIED, sizeof context->verdicts);
    load_verdicts(context, key);
    decide_facts(context);
    if (untried(context)) {
        char kept[CLQ_MESSAGE_CAPACITY]; /* a capability that is absent is no failure of the caller's */
        (void)snprintf(kept, sizeof kept, "%s", clqnn_last_error());
        CLQ_FORWARD(try_all(context));
        clq_message_restore(kept);
        store_verdicts(context, key);
    }
    for (int index = 0; index < CLQ_CAPABILITY_COUNT; index++) {
        if (context->verdicts[index] == CLQ_PROBE_RIGHT) context->capabilities.bits |= 1u << index;
    }
    return CLQNN_OK;
}

const char *clq_probe_verdict_text(clq_probe_verdict verdict)
{
    switch (verdict) {
    case CLQ_PROBE_RIGHT: return "right answer";
    case CLQ_PROBE_GATED: return "not this kind of device";
    case CLQ_PROBE_BUILD_FAILED: return "did not compile";
    case CLQ_PROBE_RUN_FAILED: return "did not run";
    case CLQ_PROBE_WRONG_ANSWER: return "wrong answer";
    case CLQ_PROBE_UNTRIED: break;
    }
    return "not tried";
}
