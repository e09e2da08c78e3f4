/* SPDX-License-Identifier: Apache-2.0 */
/* The overflow proof of a convolution: no input makes |acc| exceed the bound. A pixel at the border leaves products out, which takes nothing from the proof,
 * since each product may be 0 anyway. */
#ifndef CLQ_CONV_BOUND_H
#define CLQ_CONV_BOUND_H

#include "conv/conv_validate.h"
#include "quantization/accumulator_bound.h"

/* From facts of every output channel. CLQNN_OVERFLOW if the bound exceeds 2^31 - 1; *bound is set either way. */
clqnn_status clq_conv_bound(const clq_conv_spec *spec, const clq_column_facts *channels, int64_t *bound);

/* The same from the spec's own weights, packed or on the host: for a query. */
clqnn_status clq_conv_prove(const clq_conv_spec *spec, int64_t *bound);

#endif
