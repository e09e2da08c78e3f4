/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_HALF_BITS_H
#define CLQ_HALF_BITS_H

#include <stdint.h>

/* The bits of x rounded to binary16, ties to even; 65,520 and above become infinity. */
uint32_t clq_half_bits(float x);

#endif
