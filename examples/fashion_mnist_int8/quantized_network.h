/* SPDX-License-Identifier: Apache-2.0 */
/* The network in 8 bits, as two descriptors that clqnn_gemm_create and clqnn_reference_gemm take.
 *
 *   pixels   u8, scale 1/255, zero point 0: the bytes of the images as they are
 *   first    s8, one scale a column;  bias s32 in units of (pixel scale * column scale)
 *   hidden   u8, zero point 0: relu is the clamp at 0 that the first GEMM's output does
 *   second   s8, one scale a column;  bias f32
 *   scores   f32 */
#ifndef QUANTIZED_NETWORK_H
#define QUANTIZED_NETWORK_H

#include <clqnn/clqnn.h>

#include "float_network.h"

typedef struct quantized_network {
    float pixel_scale, hidden_scale;
    int8_t first[PIXELS][HIDDEN];
    float first_scales[HIDDEN];
    int32_t first_bias[HIDDEN];
    int8_t second[HIDDEN][CLASSES];
    float second_scales[CLASSES];
    float second_bias[CLASSES];
} quantized_network;

/* Chooses the scales. `calibration` images (some of the training set) show how large each hidden unit gets; units are rescaled, which relu allows, so that
 * each fills the 8-bit range. False: no memory. */
bool quantize_network(const float_network *network, const uint8_t *calibration, int calibration_count, quantized_network *quantized);

/* The two multiplications for `images` images at a time. The descriptors point into `network`. */
clqnn_gemm_desc first_gemm(const quantized_network *network, int images);
clqnn_gemm_desc second_gemm(const quantized_network *network, int images);

#endif
