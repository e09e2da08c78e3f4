/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STORED_VALUE_H
#define STORED_VALUE_H

#include <stdint.h>

#include "clqnn/types.h"

/* Element `at` of an array of f32, f16 or bf16. */
float clq_reference_stored_load(const void *array, clqnn_type type, int64_t at);

/* value rounded to the type, to nearest with ties to even. */
float clq_reference_stored_round(float value, clqnn_type type);

#endif
