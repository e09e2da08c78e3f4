/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a convolution's descriptor that means something else where x is of bit planes. Needs no device. */
#ifndef CLQ_CONV_BITS_VALIDATE_H
#define CLQ_CONV_BITS_VALIDATE_H

#include "conv/conv_validate.h"

/* Whether a descriptor asks for a convolution of bits. */
bool clq_conv_bits_is_meant(const clqnn_conv_desc *desc);

/* Types, layouts and strides of whole words, each refused by name. */
clqnn_status clq_conv_bits_check_types(const clqnn_conv_desc *desc);

/* Everything but shapes, types and strides, which are resolved before; fills spec->low and spec->high. */
clqnn_status clq_conv_bits_check_numbers(clq_conv_spec *spec);

#endif
