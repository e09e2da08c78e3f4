/* SPDX-License-Identifier: Apache-2.0 */
/* What every call that takes a descriptor does first: validation, then what depends on the context. */
#ifndef CLQ_CONV_EXAMINE_H
#define CLQ_CONV_EXAMINE_H

#include "conv/conv_validate.h"

/* clq_conv_validate; then weights must belong to the context, and each tensor of a call must fit the device's largest allocation. */
clqnn_status clq_conv_examine(const clqnn_context *context, const clqnn_conv_desc *desc, clq_conv_spec *spec);

#endif
