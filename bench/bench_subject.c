/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_subject.h"

const clq_subject_type *clq_subject_of(clq_bench_op op)
{
    return clq_bench_is_operator(op) ? &clq_operator_subject : op == CLQ_BENCH_CONV ? &clq_conv_subject : &clq_gemm_subject;
}
