/* SPDX-License-Identifier: Apache-2.0 */
/* Random problems of the operators that pool, reduce or move elements, and their run against the reference. A case is a pure function of (family, seed, index).
 * Public headers only. */
#ifndef CLQ_SHAPE_CASE_H
#define CLQ_SHAPE_CASE_H

#include "clqnn/arrange.h"
#include "clqnn/fake_quant.h"
#include "clqnn/normalize.h"
#include "clqnn/pool.h"
#include "clqnn/quantizer.h"
#include "clqnn/reduce.h"
#include "clqnn/resize.h"
#include "clqnn/softmax.h"
#include "op_image.h"
#include "verify_sweep.h"

#define CLQ_SHAPE_PARTS 6

/* One problem: images with data, and the descriptor of its family. */
typedef struct clq_shape_case {
    clq_op_image inputs[CLQ_SHAPE_PARTS], expected[CLQ_SHAPE_PARTS], got[CLQ_SHAPE_PARTS];
    uint32_t input_count, output_count;
    bool in_place;                         /* output 0 has the buffer of input 0 */
    clqnn_tensor parts[CLQ_SHAPE_PARTS];   /* of a concat or split descriptor */
    float *gamma, *beta;
    union {
        clqnn_pool_desc pool;
        clqnn_reduce_desc reduce;
        clqnn_argmax_desc argmax;
        clqnn_softmax_desc softmax;
        clqnn_concat_desc concat;
        clqnn_split_desc split;
        clqnn_pad_desc pad;
        clqnn_transpose_desc transpose;
        clqnn_resize_desc resize;
        clqnn_layer_norm_desc layer_norm;
        clqnn_statistics_desc statistics;
        clqnn_histogram_desc histogram;
        clqnn_range_desc range;
        clqnn_range_parameters_desc range_parameters;
        clqnn_quantize_by_desc quantize_by;
        clqnn_fake_quant_desc fake_quant;
        clqnn_fake_quant_measure_desc fake_quant_measure;
        clqnn_fake_quant_backward_desc fake_quant_backward;
    } desc;
    void (*fill)(clq_random *random, struct clq_shape_case *test);   /* NULL, or gives inputs other bytes than random ones, and outputs that are read too theirs */
    char text[160];                        /* what is special about it */
} clq_shape_case;

/* A family as the harness sees it. `make` chooses tensors (not their bytes) and the descriptor; `reference` fills the expected images. */
typedef struct clq_shape_family {
    const char *kind;
    void (*make)(clq_random *random, const char *variant, clq_shape_case *test);
    clqnn_status (*create)(clqnn_context *context, const clq_shape_case *test, clqnn_op **op);
    clqnn_status (*reference)(const clq_shape_case *test);
} clq_shape_family;

extern const clq_shape_family *const clq_shape_families[];
extern const size_t clq_shape_family_count;

/* NULL for a kind that is not there. */
const clq_shape_family *clq_shape_family_find(const char *kind);

/* One case through the library and the reference, all bytes of all output buffers compared. The message says what differs or why the variant refuses. */
clq_outcome clq_shape_verify(clqnn_context *context, const clq_shape_family *family, uint64_t seed, uint64_t index, const char *variant, char message[512]);

/* What is special about a case, as one line. Returns `text`. */
const char *clq_shape_describe(const clq_shape_family *family, uint64_t seed, uint64_t index, char *text, size_t size);

/* ---- For the families ---- */

clqnn_type clq_shape_byte_type(clq_random *random);

/* One of a list of extents around the kernels' widths. */
int64_t clq_shape_extent(clq_random *random, int64_t most);

/* A shape of at most `most` elements. */
void clq_shape_random(clq_random *random, int32_t rank, int64_t most, clqnn_tensor *tensor);

/* Dense, padded or permuted strides. */
void clq_shape_strides(clq_random *random, clqnn_tensor *tensor);

/* Gives y the quantization of x where `alike`, else both one of their own. Both of one type where alike. */
void clq_shape_quantize(clq_random *random, clq_op_image *x, clq_op_image *y, float scale, bool alike);

#define X(family) extern const clq_shape_family clq_shape_##family;
#include "shape_families.def"
#undef X

#endif
