/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STORED_VALUE_H
#define STORED_VALUE_H

#include "clqnn/types.h"

/* value rounded to the type, to nearest with ties to even. */
float clq_reference_stored_round(float value, clqnn_type type);

#endif
