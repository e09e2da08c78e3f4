/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of clqnn/fake_quant.h, validated: what the variants see. */
#ifndef CLQ_FAKE_QUANT_PROBLEM_H
#define CLQ_FAKE_QUANT_PROBLEM_H

#include "fake_quant/fake_scheme.h"

#define CLQ_FAKE_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))

/* Forward, and dx of backward. */
typedef struct clq_fake_quant_problem {
    clq_fake_scheme scheme;
    clq_fake_slots slots;
    clq_tensor x, y, dy;         /* backward: y is dx */
    clq_nest nest;               /* collapsed; operands as in fake_quant_params */
    bool saves_mask, reads_mask;
    uint64_t seed;
} clq_fake_quant_problem;

/* Sums over the elements of each slot, of x, and of dy where the kind of sum needs it. */
typedef struct clq_fake_sums {
    clq_nest kept, reduced;      /* operands x, dy; collapsed */
    int64_t slots, elements;     /* elements of a slot */
    int64_t blocks;              /* partial sums of a slot */
} clq_fake_sums;

/* dy may be NULL. CLQNN_UNSUPPORTED where groups do not divide their axis, or ranks leave no room for them. */
clqnn_status clq_fake_sums_make(const clq_tensor *x, const clq_tensor *dy, const clq_fake_slots *slots, clq_fake_sums *sums);

/* Bytes of the partial sums. */
uint64_t clq_fake_sums_bytes(const clq_fake_sums *sums);

typedef struct clq_fake_back_problem {
    clq_fake_quant_problem pass;
    clq_fake_sums sums;
    bool has_sums;
    float factor;                /* of the sums */
} clq_fake_back_problem;

/* One pass over x and what becomes of it: fake_finish_params. */
typedef struct clq_fake_measure_pass {
    int kind;                    /* FAKE_SUM_MAGNITUDE ... */
    float divisor, factor, least;
    uint32_t output;
} clq_fake_measure_pass;

typedef struct clq_fake_measure_problem {
    clq_tensor x;
    clq_fake_sums sums;
    clq_fake_measure_pass passes[2];
    int pass_count;
} clq_fake_measure_problem;

/* Kernels of the programs of sums. */
enum { CLQ_FAKE_BACK, CLQ_FAKE_SUMS, CLQ_FAKE_FINISH };

/* A dense tensor of `like`'s shape. */
clq_tensor clq_fake_dense(clqnn_type type, const clq_tensor *like);

/* The nest of a problem whose x, y and slots are there; other: the mask, or dy. */
void clq_fake_make_nest(clq_fake_quant_problem *problem, const clq_tensor *other);

/* Step `kernel` over the problem's nest. */
clqnn_status clq_fake_add_pass(const clq_fake_quant_problem *problem, const clq_op_program *program, uint32_t kernel, int64_t chunk, const uint8_t buffers[5], clq_op_recipe *recipe);

/* Partial sums to the workspace; buffers: x, scales, others, dy. */
clqnn_status clq_fake_add_sums(const clq_fake_sums *sums, int kind, const fake_rule *rule, clqnn_type x_type, clqnn_type dy_type, const clq_op_program *program,
                               const uint8_t buffers[4], clq_op_recipe *recipe);

/* The workspace's partial sums to a result, `params` without slots and blocks. */
clqnn_status clq_fake_add_finish(const clq_fake_sums *sums, fake_finish_params params, const clq_op_program *program, uint8_t result, clq_op_recipe *recipe);

extern const clq_op_variant clq_fake_quant_vector, clq_fake_quant_portable, clq_fake_back_vector, clq_fake_back_portable, clq_fake_measure_vector, clq_fake_measure_portable;

#endif
