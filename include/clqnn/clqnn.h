/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn: quantized neural-network kernels on OpenCL. This header is everything that needs no <CL/cl.h>. */
#ifndef CLQNN_CLQNN_H
#define CLQNN_CLQNN_H

#include "clqnn/arrange.h"
#include "clqnn/bits.h"
#include "clqnn/context.h"
#include "clqnn/conv.h"
#include "clqnn/convert.h"
#include "clqnn/fake_quant.h"
#include "clqnn/fixed_point.h"
#include "clqnn/fold.h"
#include "clqnn/gemm.h"
#include "clqnn/groups.h"
#include "clqnn/import.h"
#include "clqnn/loss_scale.h"
#include "clqnn/memory.h"
#include "clqnn/normalize.h"
#include "clqnn/op.h"
#include "clqnn/optimizer.h"
#include "clqnn/pointwise.h"
#include "clqnn/pool.h"
#include "clqnn/quantizer.h"
#include "clqnn/reduce.h"
#include "clqnn/resize.h"
#include "clqnn/softmax.h"
#include "clqnn/sequence.h"
#include "clqnn/status.h"
#include "clqnn/tensor.h"
#include "clqnn/train.h"
#include "clqnn/train_layers.h"
#include "clqnn/types.h"
#include "clqnn/version.h"

#endif
