/* SPDX-License-Identifier: Apache-2.0 */
/* Random problems of the operators of training (clqnn/train_layers.h, clqnn/optimizer.h), and their run against the reference. A case is a pure function of (family, seed,
 * index). Public headers only. */
#ifndef CLQ_LAYER_CASE_H
#define CLQ_LAYER_CASE_H

#include "clqnn/optimizer.h"
#include "clqnn/train_layers.h"
#include "op_image.h"
#include "verify_sweep.h"

enum { CLQ_LAYER_INPUTS = 6, CLQ_LAYER_OUTPUTS = 5, CLQ_LAYER_LARGE = (4 << 20) + 100 };

/* One problem: images with data, and the descriptor of its family. Outputs that are read have values, the others canaries. */
typedef struct clq_layer_case {
    clq_op_image inputs[CLQ_LAYER_INPUTS], expected[CLQ_LAYER_OUTPUTS], got[CLQ_LAYER_OUTPUTS];
    uint32_t input_count, output_count;
    bool in_place;                /* output 0 has the buffer of input 0 */
    bool is_large;                /* of CLQ_LAYER_LARGE elements and more, where results of the family may be written past the caches */
    union {
        clqnn_train_pool_desc train_pool;
        clqnn_batch_norm_desc batch_norm;
        clqnn_clamp_desc clamp;
        clqnn_cross_entropy_desc cross_entropy;
        clqnn_column_sums_desc column_sums;
        clqnn_sgd_desc sgd;
        clqnn_adam_desc adam;
    } desc;
    char text[160];               /* what it is */
} clq_layer_case;

/* A family as the harness sees it. `make` chooses everything and fills the images; false where memory is short. `reference` fills the expected images. */
typedef struct clq_layer_family {
    const char *kind;
    bool (*make)(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test);
    clqnn_status (*create)(clqnn_context *context, const clq_layer_case *test, clqnn_op **op);
    clqnn_status (*reference)(const clq_layer_case *test);
} clq_layer_family;

#define X(family) extern const clq_layer_family clq_layer_##family;
#include "layer_families.def"
#undef X

/* NULL for a kind that is not there. */
const clq_layer_family *clq_layer_family_find(const char *kind);

/* How a plan is run on a case's images; the outputs are read back into theirs. */
typedef clqnn_status (*clq_layer_runner)(clqnn_context *context, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs,
                                         uint32_t output_count);

/* One case through the library and the reference, all bytes of all output buffers compared. `run` is clq_op_run, or the caller's. The message says what differs or why
 * the variant refuses. */
clq_outcome clq_layer_verify(clqnn_context *context, const clq_layer_family *family, const clq_sweep *sweep, size_t index, bool is_large, clq_layer_runner run,
                             char message[512]);

/* What a case is, in words. */
const char *clq_layer_describe(const clq_layer_family *family, const clq_sweep *sweep, size_t index, char *text, size_t size);

/* ---- For the families ---- */

/* Rows and channels about the kernels' blocks and widths, at most `most` elements; of a large case as many as it takes. */
void clq_layer_matrix(clq_random *random, const clq_layer_case *test, int64_t most, int64_t *rows, int64_t *channels);

/* Adds an operand of `count` elements. Values of f32: in -range..range, none of them subnormal, a few of them 0; range 0: canaries. Others: canaries. NULL where
 * memory is short. */
void *clq_layer_case_input(clq_random *random, clq_layer_case *test, clqnn_type type, int64_t count, float range);
void *clq_layer_case_output(clq_random *random, clq_layer_case *test, clqnn_type type, int64_t count, float range);

/* Now and then puts a NaN or an infinity somewhere. */
void clq_layer_spoil(clq_random *random, float *values, int64_t count);

/* The operands' values for a reference. */
void clq_layer_floats(const clq_layer_case *test, const float *inputs[CLQ_LAYER_INPUTS], float *outputs[CLQ_LAYER_OUTPUTS]);

#endif
