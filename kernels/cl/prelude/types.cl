/* SPDX-License-Identifier: Apache-2.0 */
/* Names that OpenCL C and the host's C share (host/device/kernel_types.h defines the same), and rules for every program.
 * No contraction: a product and a sum are rounded separately, as the numeric contract says. */
#pragma OPENCL FP_CONTRACT OFF

typedef ulong clq_ulong;
typedef int clq_int;
typedef float clq_float;
