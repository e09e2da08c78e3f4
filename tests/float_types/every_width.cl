/* SPDX-License-Identifier: Apache-2.0 */
/* After prelude/float_types: every conversion at every width. A work-item takes `width` elements; results go to planes of `count` words. */
FLOAT_TYPES(4, _x4)
FLOAT_TYPES(8, _x8)
FLOAT_TYPES(16, _x16)

#define LOAD_1(pointer) (*(pointer))
#define LOAD_4(pointer) vload4(0, pointer)
#define LOAD_8(pointer) vload8(0, pointer)
#define LOAD_16(pointer) vload16(0, pointer)
#define STORE_1(value, pointer) (*(pointer) = (value))
#define STORE_4(value, pointer) vstore4(value, 0, pointer)
#define STORE_8(value, pointer) vstore8(value, 0, pointer)
#define STORE_16(value, pointer) vstore16(value, 0, pointer)

#define KERNELS(WIDTH, N, SUFFIX)                                                                             \
    __kernel void narrow_##WIDTH(__global const float *x, __global uint *y, uint count)                       \
    {                                                                                                         \
        const size_t at = get_global_id(0) * WIDTH;                                                           \
        const float##N value = LOAD_##WIDTH(x + at);                                                          \
        __global uint *to = y + at;                                                                           \
        STORE_##WIDTH(convert_uint##N(narrow_f16##SUFFIX(value)), to);                                        \
        STORE_##WIDTH(convert_uint##N(narrow_bf16##SUFFIX(value)), to + (size_t)count);                       \
        STORE_##WIDTH(convert_uint##N(narrow_f8e4m3##SUFFIX(value, 0)), to + 2 * (size_t)count);              \
        STORE_##WIDTH(convert_uint##N(narrow_f8e4m3##SUFFIX(value, 1)), to + 3 * (size_t)count);              \
        STORE_##WIDTH(convert_uint##N(narrow_f8e5m2##SUFFIX(value, 0)), to + 4 * (size_t)count);              \
        STORE_##WIDTH(convert_uint##N(narrow_f8e5m2##SUFFIX(value, 1)), to + 5 * (size_t)count);              \
    }                                                                                                         \
    __kernel void widen_##WIDTH(__global const ushort *x, __global uint *y, uint count)                       \
    {                                                                                                         \
        const size_t at = get_global_id(0) * WIDTH;                                                           \
        const ushort##N code = LOAD_##WIDTH(x + at);                                                          \
        __global uint *to = y + at;                                                                           \
        STORE_##WIDTH(as_uint##N(widen_f16##SUFFIX(code)), to);                                               \
        STORE_##WIDTH(as_uint##N(widen_bf16##SUFFIX(code)), to + (size_t)count);                              \
        STORE_##WIDTH(as_uint##N(widen_f8e4m3##SUFFIX(convert_uchar##N(code))), to + 2 * (size_t)count);      \
        STORE_##WIDTH(as_uint##N(widen_f8e5m2##SUFFIX(convert_uchar##N(code))), to + 3 * (size_t)count);      \
    }

KERNELS(1, , )
KERNELS(4, 4, _x4)
KERNELS(8, 8, _x8)
KERNELS(16, 16, _x16)
