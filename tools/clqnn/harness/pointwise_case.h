/* SPDX-License-Identifier: Apache-2.0 */
/* Random problems of the operators that work element by element (clqnn/pointwise.h, clqnn/convert.h, clqnn/loss_scale.h, clqnn/bits.h), and their
 * run against the reference. A case is a pure function of (family, seed, index). Public headers only. */
#ifndef CLQ_POINTWISE_CASE_H
#define CLQ_POINTWISE_CASE_H

#include "clqnn/bits.h"
#include "clqnn/convert.h"
#include "clqnn/loss_scale.h"
#include "clqnn/pointwise.h"
#include "op_image.h"
#include "verify_sweep.h"

enum { CLQ_POINTWISE_LARGE = 17 << 20 };   /* bytes of a result that CPU kernels write past the caches */

/* One problem: images with data, and the descriptor of its family. */
typedef struct clq_pointwise_case {
    clq_op_image x, b;            /* b: of two inputs only */
    clq_op_image expected, got;
    clq_op_image flag, got_flag;  /* a second output, where it has a type: read and written */
    bool in_place;                /* the output has the buffer of x */
    bool is_large;                /* whether the tensors are to be large ones */
    union {
        clqnn_binary_desc binary;
        clqnn_table_desc table;
        clqnn_convert_desc convert;
        clqnn_loss_scale_desc loss_scale;
        clqnn_pack_bits_desc pack_bits;
        clqnn_unpack_bits_desc unpack_bits;
        clqnn_window_mean_desc window_mean;
    } desc;
    uint8_t given[256];           /* a table of its own */
    float *thresholds;            /* of pack_bits, where there are any */
    char text[160];               /* what it is */
} clq_pointwise_case;

/* `make` chooses everything and fills the images; false where memory is short. */
typedef struct clq_pointwise_family {
    const char *kind;
    bool (*make)(clq_random *random, uint64_t index, const char *variant, clq_pointwise_case *test);
    clqnn_status (*create)(clqnn_context *context, const clq_pointwise_case *test, clqnn_op **op);
    void (*reference)(const clq_pointwise_case *test);
} clq_pointwise_family;

#define X(family) extern const clq_pointwise_family clq_pointwise_##family;
#include "pointwise_families.def"
#undef X

/* NULL for a kind that is not there. */
const clq_pointwise_family *clq_pointwise_family_find(const char *kind);

/* One case through the library and the reference, every byte of the output's buffer compared. `is_large`: dense tensors of
 * CLQ_POINTWISE_LARGE bytes. The message says what differs or why the variant refuses. */
clq_outcome clq_pointwise_verify(clqnn_context *context, const clq_pointwise_family *family, const clq_sweep *sweep, size_t index, bool is_large, char message[512]);

/* What a case is, in words. */
const char *clq_pointwise_describe(const clq_pointwise_family *family, const clq_sweep *sweep, size_t index, char *text, size_t size);

/* ---- For the families ---- */

/* The shape of y: small and of any rank, or a long row. */
void clq_pointwise_shape(clq_random *random, const clq_pointwise_case *test, int64_t most, clqnn_tensor *tensor);

/* Dense, padded or permuted; dense where large. */
void clq_pointwise_strides(clq_random *random, const clq_pointwise_case *test, clqnn_tensor *tensor);

/* Memory for x, b and flag (where they have a type) and expected. */
bool clq_pointwise_allocate(clq_random *random, clq_pointwise_case *test);

#endif
