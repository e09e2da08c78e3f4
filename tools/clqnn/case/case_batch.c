/* SPDX-License-Identifier: Apache-2.0 */
/* Leading dimensions of a gemm. */
#include "case_internal.h"

/* One dimension of the result that is not 1, with who moves along it. */
typedef struct batch_run {
    int64_t count;
    bool a_moves, b_moves;
} batch_run;

static int64_t size_from_end(const clq_case_shape *shape, int32_t position, int32_t rank)
{
    const int32_t index = position - (rank - shape->rank);
    return index < 0 ? 1 : shape->size[index];
}

/* Strides in matrices of one operand, from the last dimension outwards. */
static void set_strides(const batch_run *runs, int32_t count, bool is_a, int64_t *stride)
{
    int64_t matrices = 1;
    for (int32_t i = count - 1; i >= 0; i--) {
        const bool moves = is_a ? runs[i].a_moves : runs[i].b_moves;
        stride[2 - count + i] = moves ? matrices : CLQNN_BROADCAST;
        if (moves) matrices *= runs[i].count;
    }
}

clqnn_status clq_case_merge_batch(const clq_case_shape *a, const clq_case_shape *b, clq_case_batch *out, clq_case_report report)
{
    batch_run runs[CLQ_CASE_MAX_RANK];
    int32_t count = 0;
    bool is_empty = false;
    *out = (clq_case_batch){.count = {1, 1}};
    out->result.rank = a->rank > b->rank ? a->rank : b->rank;
    for (int32_t i = 0; i < out->result.rank; i++) {
        const int64_t of_a = size_from_end(a, i, out->result.rank), of_b = size_from_end(b, i, out->result.rank);
        char a_text[CLQ_CASE_TEXT], b_text[CLQ_CASE_TEXT];
        if (of_a != of_b && of_a != 1 && of_b != 1) {
            return clq_case_fail(report, CLQNN_CORRUPT_DATA, "leading dimensions %s of 'a' and %s of 'b' do not broadcast",
                                 clq_case_shape_text(a->size, a->rank, a_text), clq_case_shape_text(b->size, b->rank, b_text));
        }
        const batch_run run = {.count = of_a != 1 ? of_a : of_b, .a_moves = of_a != 1, .b_moves = of_b != 1};
        out->result.size[i] = run.count;
        is_empty = is_empty || run.count == 0;
        if (run.count == 1) continue;
        batch_run *last = count > 0 ? &runs[count - 1] : NULL;
        if (last != NULL && last->a_moves == run.a_moves && last->b_moves == run.b_moves) last->count *= run.count;
        else runs[count++] = run;
    }
    if (is_empty) return clq_case_fail(report, CLQNN_UNSUPPORTED, "a batch of 0 matrices is not in this version");
    if (count > 2) {
        return clq_case_fail(report, CLQNN_UNSUPPORTED, "%d independent batch dimensions: this version has 2", count);
    }
    for (int32_t i = 0; i < count; i++) out->count[2 - count + i] = runs[i].count;
    set_strides(runs, count, true, out->a_stride);
    set_strides(runs, count, false, out->b_stride);
    return CLQNN_OK;
}
