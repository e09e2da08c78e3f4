/* SPDX-License-Identifier: Apache-2.0 */
/* A network with its parameters and activations as one safetensors file, for other programs to run the same. */
#ifndef NETWORK_EXPORT_H
#define NETWORK_EXPORT_H

#include "network_activations.h"

/* Tensors: activation.T u8 [batch, row, column, channel] of every tensor T; weights.L s8 [output, row, column, input], weight_scales.L f32, bias.L s32 of
 * every layer L that has them; scales f32 and zero_points s32 of all tensors; own_scales and own_zero_points of all layers.
 * Metadata: `network`, and for each L `layer.L`: name, kind, input, output, residual, kernel, stride, groups as words.
 * False, with a message in `error`, where the file can't be written. */
bool network_export(const char *path, const char *name, const network *net, const network_activations *values, char *error, size_t error_size);

#endif
