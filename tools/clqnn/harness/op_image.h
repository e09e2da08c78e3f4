/* SPDX-License-Identifier: Apache-2.0 */
/* Tensors of operators with host memory around them: random shapes of memory, data and quantization, canaries, and a run through the library. */
#ifndef CLQ_OP_IMAGE_H
#define CLQ_OP_IMAGE_H

#include <stdbool.h>

#include "clqnn/op.h"
#include "seeded_random.h"

enum { CLQ_OP_GUARD = 64 };   /* canaries behind a tensor, bytes */

/* A tensor and the buffer that it lies in. The elements begin at `offset`; all other bytes, those between elements too, are canaries. */
typedef struct clq_op_image {
    clqnn_tensor tensor;
    unsigned char *bytes;
    size_t size, offset;
    float *scales;           /* the quantization's arrays, where there are any */
    int32_t *zero_points;
} clq_op_image;

/* How the elements lie in memory. */
typedef enum clq_op_memory {
    CLQ_OP_DENSE,
    CLQ_OP_PADDED,           /* gaps between rows, planes and so on */
    CLQ_OP_PERMUTED          /* gaps, and the dimensions in random order: the innermost loop is strided */
} clq_op_memory;

/* A random rank and shape of at most `most` elements, with extents about multiples of 16 and 64. */
void clq_op_random_shape(clq_random *random, int64_t most, clqnn_tensor *tensor);

/* Gives a tensor random strides of that kind (s4 and u4 stay dense). */
void clq_op_random_strides(clq_random *random, clq_op_memory memory, clqnn_tensor *tensor);

/* Gives `image` a random quantization: scales near `scale` (from half to double, at times a power of two, so that ties occur), any zero
 * point of the type, at times its ends; `count` values. */
void clq_op_random_quantization(clq_random *random, clq_op_image *image, float scale, int64_t count);

/* Allocates bytes around the tensor and fills them: with random bits, or with `poison` where that is not negative. False where memory is
 * short. */
bool clq_op_image_allocate(clq_random *random, clq_op_image *image, int poison);

/* A copy with bytes of its own, without arrays of its own. */
bool clq_op_image_copy(const clq_op_image *image, clq_op_image *copy);
void clq_op_image_free(clq_op_image *image);

/* Where the elements begin. */
void *clq_op_image_data(const clq_op_image *image);

/* Runs a plan on buffers made of the images and reads every output's whole buffer back into its image. An output image that is also an
 * input image (the same pointer) is run in place. Uses the context's default queue; blocks. */
clqnn_status clq_op_run(clqnn_context *context, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs, uint32_t output_count);

/* Compares whole buffers. NaN equals NaN in float tensors. False with the first difference in `message`: its place, and both values. */
bool clq_op_compare(const clq_op_image *expected, const clq_op_image *got, char message[256]);

#endif
