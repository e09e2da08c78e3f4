/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions that are matrix products: pixels x input channels times input channels x output channels. They run as a GEMM. */
#ifndef CLQ_CONV_PRODUCT_H
#define CLQ_CONV_PRODUCT_H

#include "clqnn/gemm.h"
#include "conv/conv_validate.h"

/* Whether this convolution is planned as a GEMM: it is one (a kernel of one tap, steps of 1, no padding, one group, channels last, nothing after the
 * requantization; of a family: any residual with its channels last), and neither the wanted variant nor packed weights say otherwise. CLQNN_UNSUPPORTED where they ask for a GEMM and it is none. */
clqnn_status clq_conv_planned_as_product(const clq_conv_spec *spec, bool *as_product);

/* The GEMM's descriptor; its pointers are those of the spec's. */
clqnn_gemm_desc clq_conv_product_desc(const clq_conv_spec *spec);

/* What a GEMM says of itself, as a convolution says it; without the output's extents. */
clqnn_conv_info clq_conv_product_info(const clqnn_gemm_info *info);

#endif
