/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions in words, for tests of selection: "224x224 3 64 7x7 stride2 ...". Validated as a descriptor is, so that selection sees what a call would give it. */
#ifndef CONV_WORDS_H
#define CONV_WORDS_H

#include <stdbool.h>

#include "conv/conv_validate.h"

/* input, input channels, output channels, kernel; then any of: stride2, dilation2, depthwise, groups4, batch8, nchw (both), nchw_x, volume (16 deep, with the kernel's
 * width), transposed, residual, table, weight_zero, signed, f32, want:VARIANT. Pads keep the extents, as far as strides let them. u8 x s8 -> u8. False where the words are not
 * understood or the descriptor is refused. The spec points to static memory, until the next call. */
bool conv_words_read(const char *words, clq_conv_spec *spec);

#endif
