/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic on sizes that reports overflow. Each returns false when the result does not fit, and then leaves *result unspecified. */
#ifndef CLQ_CHECKED_H
#define CLQ_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

static inline bool clq_multiply(uint64_t a, uint64_t b, uint64_t *result)
{
    return !__builtin_mul_overflow(a, b, result);
}

static inline bool clq_add(uint64_t a, uint64_t b, uint64_t *result)
{
    return !__builtin_add_overflow(a, b, result);
}

static inline bool clq_multiply_signed(int64_t a, int64_t b, int64_t *result)
{
    return !__builtin_mul_overflow(a, b, result);
}

static inline bool clq_add_signed(int64_t a, int64_t b, int64_t *result)
{
    return !__builtin_add_overflow(a, b, result);
}

#endif
