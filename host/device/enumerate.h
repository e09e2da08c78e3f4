/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLQ_ENUMERATE_H
#define CLQ_ENUMERATE_H

#include <CL/cl.h>

#include "clqnn/context.h"

/* Fills what clqnn_device_info holds of one device. */
clqnn_status clq_device_describe(cl_device_id device, clqnn_device_info *info);

/* The device that a selector means (clqnn_context_desc.device); NULL is the default choice. */
clqnn_status clq_device_choose(const char *selector, clqnn_device_info *info);

#endif
