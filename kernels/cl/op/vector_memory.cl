/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of 16 at any address, for CPU kernels: vload16 and vstore16 of PoCL move single elements. */
typedef char16 char16_anywhere __attribute__((aligned(1)));
typedef uchar16 uchar16_anywhere __attribute__((aligned(1)));
typedef short16 short16_anywhere __attribute__((aligned(2)));
typedef int16 int16_anywhere __attribute__((aligned(4)));
typedef uint16 uint16_anywhere __attribute__((aligned(1)));   /* 64 bytes */
typedef float16 float16_anywhere __attribute__((aligned(4)));

#define INLINED static inline __attribute__((always_inline))
#define LOAD16(type, pointer) (*(__global const type##16_anywhere *)(pointer))
#define STORE16(type, pointer, value) (*(__global type##16_anywhere *)(pointer) = (value))

/* Stores that bypass the caches, for results that no cache can hold until they are read: a store then costs no read of the line. Address
 * aligned to 16 bytes. */
#ifdef __has_builtin
#if __has_builtin(__builtin_nontemporal_store)
#define STREAM16(type, pointer, value) __builtin_nontemporal_store((value), (__global type##16 *)(pointer))
#endif
#endif
#ifndef STREAM16
#define STREAM16(type, pointer, value) STORE16(type, pointer, value)
#endif
