/* SPDX-License-Identifier: Apache-2.0 */
#include "peak_kernels.h"

/* Twelve independent sums hide the latency of an instruction (4 to 5 cycles at two a cycle). */
#define SUMS12(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

static const char vnni[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int16 x = vload16(0, data), y = vload16(1, data);\n"
    "    int16 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0, s9 = 0, s10 = 0, s11 = 0;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) "        __asm__ volatile(\"vpdpbusd %1, %2, %0\" : \"+v\"(s" #i ") : \"v\"(x), \"v\"(y));\n"
    SUMS12(STEP)
#undef STEP
    "    }\n"
    "    vstore16(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11, 2 + get_global_id(0), data);\n"
    "}\n";

/* 16-bit products of pairs, summed in 32 bits: the exact form without VNNI. The product's register is overwritten, so that twelve sums and one product fit 16. */
static const char avx2[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int8 x = vload8(0, data), y = vload8(1, data);\n"
    "    int8 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0, s9 = 0, s10 = 0, s11 = 0, t;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) "        __asm__ volatile(\"vpmaddwd %2, %3, %1\\n\\tvpaddd %1, %0, %0\" : \"+x\"(s" #i "), \"=&x\"(t) : \"x\"(x), \"x\"(y));\n"
    SUMS12(STEP)
#undef STEP
    "    }\n"
    "    vstore8(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11, 2 + get_global_id(0), data);\n"
    "}\n";

/* Four sums a work-item over one dot product of four bytes. DOT(a, b, sum) comes before this part. */
#define DOT_LOOP                                                                               \
    "kernel void peak(global int *data, int rounds)\n"                                         \
    "{\n"                                                                                      \
    "    const int id = (int)get_global_id(0);\n"                                              \
    "    int x = data[0] + id, y = data[1] ^ id;\n"                                            \
    "    int s0 = 0, s1 = 1, s2 = 2, s3 = 3, s4 = 4, s5 = 5, s6 = 6, s7 = 7;\n"                \
    "    for (int i = 0; i < rounds; i++) {\n"                                                 \
    "        s0 = DOT(x, y, s0); s1 = DOT(x, y, s1); s2 = DOT(x, y, s2); s3 = DOT(x, y, s3);\n" \
    "        s4 = DOT(x, y, s4); s5 = DOT(x, y, s5); s6 = DOT(x, y, s6); s7 = DOT(x, y, s7);\n" \
    "        x += s0; y ^= s1;\n"                                                              \
    "    }\n"                                                                                  \
    "    data[32 + id] = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;\n"                             \
    "}\n"

static const char plain[] =
    "int DOT(int a, int b, int sum)\n"
    "{\n"
    "    const char4 x = as_char4(a), y = as_char4(b);\n"
    "    return sum + x.s0 * y.s0 + x.s1 * y.s1 + x.s2 * y.s2 + x.s3 * y.s3;\n"
    "}\n" DOT_LOOP;

static const char khr[] =
    "#pragma OPENCL EXTENSION cl_khr_integer_dot_product : enable\n"
    "#define DOT(a, b, sum) ((sum) + dot_4x8packed_ss_int(as_uint(a), as_uint(b)))\n" DOT_LOOP;

static const char dp4a[] =
    "int DOT(int a, int b, int sum)\n"
    "{\n"
    "    int r;\n"
    "    __asm__(\"dp4a.s32.s32 %0, %1, %2, %3;\" : \"=r\"(r) : \"r\"(a), \"r\"(b), \"r\"(sum));\n"
    "    return r;\n"
    "}\n" DOT_LOOP;

static const char sdot4[] = "#define DOT(a, b, sum) __builtin_amdgcn_sdot4(a, b, sum, false)\n" DOT_LOOP;

static const char arm[] =
    "#pragma OPENCL EXTENSION cl_arm_integer_dot_product_int8 : enable\n"
    "#define DOT(a, b, sum) ((sum) + arm_dot(as_char4(a), as_char4(b)))\n" DOT_LOOP;

/* m16n8k32: 4096 multiply-adds a warp, 128 a work-item. */
static const char mma[] =
    "kernel void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int id = (int)get_global_id(0);\n"
    "    const int a0 = data[0] + id, a1 = data[1] + id, a2 = data[2] + id, a3 = data[3] + id, b0 = data[4] + id, b1 = data[5] + id;\n"
    "    int4 s0 = 0, s1 = 1, s2 = 2, s3 = 3;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) \
    "        __asm__ volatile(\"mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};\"\n" \
    "                         : \"+r\"(s" #i ".s0), \"+r\"(s" #i ".s1), \"+r\"(s" #i ".s2), \"+r\"(s" #i ".s3)\n" \
    "                         : \"r\"(a0), \"r\"(a1), \"r\"(a2), \"r\"(a3), \"r\"(b0), \"r\"(b1));\n"
    STEP(0) STEP(1) STEP(2) STEP(3)
#undef STEP
    "    }\n"
    "    const int4 sum = s0 + s1 + s2 + s3;\n"
    "    data[32 + id] = sum.s0 + sum.s1 + sum.s2 + sum.s3;\n"
    "}\n";

/* Sums grow by numbers in 1/2 .. 1: no infinities, no subnormals. */
#define FLOAT_OPERANDS(V, vload)                                                                                                  \
    "    const " V " x = as_" V "((" vload "(0, data) & 0x007fffff) | 0x3f000000), y = as_" V "((" vload "(1, data) & 0x007fffff) | 0x3f000000);\n"

static const char fma_zmm[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n" FLOAT_OPERANDS("float16", "vload16")
    "    float16 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0, s9 = 0, s10 = 0, s11 = 0;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) "        __asm__ volatile(\"vfmadd231ps %2, %1, %0\" : \"+v\"(s" #i ") : \"v\"(x), \"v\"(y));\n"
    SUMS12(STEP)
#undef STEP
    "    }\n"
    "    vstore16(as_int16(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11), 2 + get_global_id(0), data);\n"
    "}\n";

static const char fma_ymm[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n" FLOAT_OPERANDS("float8", "vload8")
    "    float8 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0, s9 = 0, s10 = 0, s11 = 0;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) "        __asm__ volatile(\"vfmadd231ps %2, %1, %0\" : \"+x\"(s" #i ") : \"x\"(x), \"x\"(y));\n"
    SUMS12(STEP)
#undef STEP
    "    }\n"
    "    vstore8(as_int8(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11), 2 + get_global_id(0), data);\n"
    "}\n";

/* Eight sums a work-item, scalars on a GPU; a CPU's compiler makes vectors of work-items. */
static const char fma_plain[] =
    "kernel void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int id = (int)get_global_id(0);\n"
    "    const float x = as_float(((data[0] + id) & 0x007fffff) | 0x3f000000), y = as_float(((data[1] ^ id) & 0x007fffff) | 0x3f000000);\n"
    "    float s0 = 0, s1 = 1, s2 = 2, s3 = 3, s4 = 4, s5 = 5, s6 = 6, s7 = 7;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
    "        s0 = fma(x, y, s0); s1 = fma(x, y, s1); s2 = fma(x, y, s2); s3 = fma(x, y, s3);\n"
    "        s4 = fma(x, y, s4); s5 = fma(x, y, s5); s6 = fma(x, y, s6); s7 = fma(x, y, s7);\n"
    "    }\n"
    "    data[32 + id] = as_int(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7);\n"
    "}\n";

/* Counts of 512 bits at once. */
static const char popcount_zmm[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int16 x = vload16(0, data), y = vload16(1, data);\n"
    "    int16 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0, s9 = 0, s10 = 0, s11 = 0, t;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i) "        __asm__ volatile(\"vpxord %2, %3, %1\\n\\tvpopcntd %1, %1\\n\\tvpaddd %1, %0, %0\" : \"+v\"(s" #i "), \"=&v\"(t) : \"v\"(x), \"v\"(y));\n"
    SUMS12(STEP)
#undef STEP
    "    }\n"
    "    vstore16(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11, 2 + get_global_id(0), data);\n"
    "}\n";

/* Counts of four bits looked up: those of 256 bits at once, as bytes. */
static const char nibbles_ymm[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int8 x = vload8(0, data), y = vload8(1, data), table = vload8(2, data), low = 0x0f0f0f0f;\n"
    "    int8 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, t, u;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i)                                                                                                                                    \
    "        __asm__ volatile(\"vpxor %3, %4, %1\\n\\tvpand %1, %6, %2\\n\\tvpsrlw $4, %1, %1\\n\\tvpand %1, %6, %1\\n\\tvpshufb %2, %5, %2\\n\\t\" \n"  \
    "                         \"vpshufb %1, %5, %1\\n\\tvpaddb %2, %0, %0\\n\\tvpaddb %1, %0, %0\" : \"+x\"(s" #i "), \"=&x\"(t), \"=&x\"(u) \n"            \
    "                         : \"x\"(x), \"x\"(y), \"x\"(table), \"x\"(low));\n"
    STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7)
#undef STEP
    "    }\n"
    "    vstore8(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7, 4 + get_global_id(0), data);\n"
    "}\n";

/* The same for two rows by one lookup: four bits of 32 columns choose an entry that holds both rows' counts; three are added before the halves are parted. */
static const char pairs_ymm[] =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int8 x = vload8(0, data) & 0x0f0f0f0f, y = vload8(1, data) & 0x0f0f0f0f, z = vload8(2, data);\n"
    "    int8 s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, t, u;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
#define STEP(i)                                                                                                                                       \
    "        __asm__ volatile(\"vpshufb %4, %6, %2\\n\\tvpshufb %5, %6, %3\\n\\tvpaddb %3, %2, %2\\n\\tvpshufb %4, %6, %3\\n\\tvpaddb %3, %2, %2\\n\\t\" \n" \
    "                         \"vpaddb %2, %0, %0\\n\\tvpsrlw $4, %2, %2\\n\\tvpaddb %2, %1, %1\" \n"                                                        \
    "                         : \"+x\"(s" #i "), \"+x\"(r" #i "), \"=&x\"(t), \"=&x\"(u) : \"x\"(x), \"x\"(y), \"x\"(z));\n"
    STEP(0) STEP(1) STEP(2) STEP(3) STEP(4)
#undef STEP
    "    }\n"
    "    vstore8(s0 + s1 + s2 + s3 + s4 + r0 + r1 + r2 + r3 + r4, 4 + get_global_id(0), data);\n"
    "}\n";

/* Eight sums a work-item, as fma_plain has them. */
static const char popcount_plain[] =
    "kernel void peak(global int *data, int rounds)\n"
    "{\n"
    "    const int id = (int)get_global_id(0);\n"
    "    int x = data[0] + id, y = data[1] ^ id;\n"
    "    int s0 = 0, s1 = 1, s2 = 2, s3 = 3, s4 = 4, s5 = 5, s6 = 6, s7 = 7;\n"
    "    for (int i = 0; i < rounds; i++) {\n"
    "        s0 += popcount(x ^ s1); s1 += popcount(y ^ s2); s2 += popcount(x ^ s3); s3 += popcount(y ^ s4);\n"
    "        s4 += popcount(x ^ s5); s5 += popcount(y ^ s6); s6 += popcount(x ^ s7); s7 += popcount(y ^ s0);\n"
    "    }\n"
    "    data[32 + id] = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;\n"
    "}\n";

const clq_peak_kernel clq_peak_kernels[] = {
    { .instruction = "vpdpbusd zmm", .capability = "x86_avx512_vnni", .source = vnni, .operations = 12 * 128, .local = 1 },
    { .instruction = "vpmaddwd ymm", .capability = "x86_avx2", .source = avx2, .operations = 12 * 32, .local = 1 },
    { .instruction = "mma.sync m16n8k32", .capability = "nv_mma_s8", .source = mma, .operations = 4 * 256, .local = 128 },
    { .instruction = "dp4a", .capability = "dot_dp4a", .source = dp4a, .operations = 8 * 8, .local = 128 },
    { .instruction = "sdot4", .capability = "dot_sdot4", .source = sdot4, .operations = 8 * 8, .local = 128 },
    { .instruction = "arm_dot", .capability = "dot_arm", .source = arm, .operations = 8 * 8, .local = 64 },
    { .instruction = "dot_4x8packed", .capability = "dot_khr", .source = khr, .operations = 8 * 8, .local = 64 },
    { .instruction = "vfmadd231ps zmm", .capability = "x86_avx512", .source = fma_zmm, .operations = 12 * 32, .local = 1, .floats = true },
    { .instruction = "vfmadd231ps ymm", .capability = "x86_avx2", .source = fma_ymm, .operations = 12 * 16, .local = 1, .floats = true },
    { .instruction = "fma", .capability = NULL, .source = fma_plain, .operations = 8 * 2, .local = 64, .floats = true },
    { .instruction = "vpopcntd zmm", .capability = "x86_avx512_vpopcntdq", .source = popcount_zmm, .operations = 12 * 1024, .local = 1, .bits = true },
    { .instruction = "vpshufb ymm, pairs of rows", .capability = "x86_avx2", .source = pairs_ymm, .operations = 5 * 1536, .local = 1, .bits = true },
    { .instruction = "vpshufb ymm", .capability = "x86_avx2", .source = nibbles_ymm, .operations = 8 * 512, .local = 1, .bits = true },
    { .instruction = "popcount", .capability = NULL, .source = popcount_plain, .operations = 8 * 64, .local = 64, .bits = true },
    { .instruction = "plain char4", .capability = NULL, .source = plain, .operations = 8 * 8, .local = 64 },
};
const size_t clq_peak_kernel_count = sizeof clq_peak_kernels / sizeof *clq_peak_kernels;

/* Four streams a work-item: one alone stops at each page, where the hardware's prefetch ends (45 against 52 GB/s on two cores). */
const char *const clq_read_kernel_cpu =
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void read_all(global const int *data, global int *sums, ulong count)\n"
    "{\n"
    "    const ulong part = count / 64 / get_global_size(0);\n"
    "    global const int16 *a = (global const int16 *)data + get_global_id(0) * part * 4, *b = a + part, *c = b + part, *d = c + part;\n"
    "    int16 s0 = 0, s1 = 0, s2 = 0, s3 = 0;\n"
    "    for (ulong i = 0; i < part; i++) {\n"
    "        s0 += a[i]; s1 += b[i]; s2 += c[i]; s3 += d[i];\n"
    "    }\n"
    "    const int16 s = s0 + s1 + s2 + s3;\n"
    "    sums[get_global_id(0)] = s.s0 + s.s1 + s.s2 + s.s3 + s.s4 + s.s5 + s.s6 + s.s7 + s.s8 + s.s9 + s.sa + s.sb + s.sc + s.sd + s.se + s.sf;\n"
    "}\n";

const char *const clq_read_kernel_other =
    "kernel void read_all(global const int *data, global int *sums, ulong count)\n"
    "{\n"
    "    int4 s = 0;\n"
    "    for (ulong i = get_global_id(0); i < count / 4; i += get_global_size(0)) s += vload4(i, data);\n"
    "    sums[get_global_id(0)] = s.s0 + s.s1 + s.s2 + s.s3;\n"
    "}\n";

#define COPY_STRIP(name, store)                                                                                                         \
    "kernel __attribute__((reqd_work_group_size(1, 1, 1))) void " name "(global const int *data, global int *copy, ulong count)\n" \
    "{\n"                                                                                                                               \
    "    const ulong part = count / 16 / get_global_size(0), first = get_global_id(0) * part;\n"                                       \
    "    global const int16 *from = (global const int16 *)data + first;\n"                                                             \
    "    global int16 *to = (global int16 *)copy + first;\n"                                                                           \
    "    for (ulong i = 0; i < part; i++) " store ";\n"                                                                                \
    "}\n"

const char *const clq_copy_kernel_cpu =
    "#ifdef __has_builtin\n"
    "#if __has_builtin(__builtin_nontemporal_store)\n"
    "#define STORE(value, place) __builtin_nontemporal_store(value, place)\n"
    "#endif\n"
    "#endif\n"
    "#ifndef STORE\n"
    "#define STORE(value, place) *(place) = (value)\n"
    "#endif\n" COPY_STRIP("copy_all", "to[i] = from[i]") COPY_STRIP("copy_past", "STORE(from[i], to + i)");

#define COPY_INTERLEAVED(name)                                                                                               \
    "kernel void " name "(global const int *data, global int *copy, ulong count)\n"                                        \
    "{\n"                                                                                                                    \
    "    for (ulong i = get_global_id(0); i < count / 4; i += get_global_size(0)) vstore4(vload4(i, data), i, copy);\n"     \
    "}\n"

const char *const clq_copy_kernel_other = COPY_INTERLEAVED("copy_all") COPY_INTERLEAVED("copy_past");
