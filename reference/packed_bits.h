/* SPDX-License-Identifier: Apache-2.0 */
/* Integers of 2 to 8 bits as they stand in memory. */
#ifndef CLQNN_REFERENCE_PACKED_BITS_H
#define CLQNN_REFERENCE_PACKED_BITS_H

#include "clqnn/types.h"

/* Bits of an integer element, 0 for every other type. */
int clq_reference_integer_bits(clqnn_type type);

/* Element `place` of a dense tensor: its bits begin at bit place * bits, low bits first. Reads no byte that holds none of them. */
int32_t clq_reference_load_bits(clqnn_type type, const void *data, int64_t place);

#endif
