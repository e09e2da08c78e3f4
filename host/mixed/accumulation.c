/* SPDX-License-Identifier: Apache-2.0 */
/* What products and convolutions of floats are summed in. */
#include "core/message.h"
#include "mixed/mixed_problem.h"

clqnn_status clq_check_accumulation(clqnn_accumulation accumulation, const char *left, clqnn_type left_type, const char *right, clqnn_type right_type)
{
    if (accumulation == CLQNN_ACCUMULATE_F32) return CLQNN_OK;
    if (accumulation != CLQNN_ACCUMULATE_F16) return clq_fail(CLQNN_INVALID_ARGUMENT, "accumulation is %d, not a clqnn_accumulation", (int)accumulation);
    if (left_type == CLQNN_F16 && right_type == CLQNN_F16) return CLQNN_OK;
    return clq_fail(CLQNN_UNSUPPORTED, "accumulation is CLQNN_ACCUMULATE_F16, but %s is %s and %s is %s: both must be f16", left, clqnn_type_name(left_type), right,
                    clqnn_type_name(right_type));
}

const char *clq_accumulation_refusal(clqnn_accumulation sums, clqnn_accumulation wanted)
{
    if (sums == wanted) return NULL;
    return wanted == CLQNN_ACCUMULATE_F16 ? "accumulation is f16, and it sums in f32" : "accumulation is f32, and it sums in f16";
}
