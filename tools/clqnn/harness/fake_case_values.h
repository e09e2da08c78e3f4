/* SPDX-License-Identifier: Apache-2.0 */
/* Values, parameters and shapes of random problems of clqnn/fake_quant.h. */
#ifndef CLQ_FAKE_CASE_VALUES_H
#define CLQ_FAKE_CASE_VALUES_H

#include "clqnn/fake_quant.h"
#include "op_image.h"

#define CLQ_FAKE_SCHEMES 12

/* A scheme with bits and levels that it takes. */
typedef struct clq_fake_choice {
    clqnn_fake_quant_scheme scheme;
    int32_t bits, qmin, qmax;
    clqnn_granularity granularity;
} clq_fake_choice;

clq_fake_choice clq_fake_choose(clq_random *random, clqnn_fake_quant_scheme scheme);

/* f32, f16 or bf16; more often the first. */
clqnn_type clq_fake_float_type(clq_random *random);

/* A shape, and where it is to have them an axis and a block; `divides`: the block divides. Returns the slots. */
int64_t clq_fake_shape(clq_random *random, clqnn_granularity granularity, bool divides, clqnn_tensor *x);

/* So many words, dense. */
clqnn_tensor clq_fake_words(clqnn_type type, int64_t count);

/* Elements of a float tensor: around `size`, many of them on ties of steps of size / 8; some of them special, unless is_finite. */
void clq_fake_fill(clq_random *random, const clq_op_image *image, float size, bool is_finite);

/* Scales, clips or magnitudes about `scale`; is_odd: at times ones that nobody should give. */
void clq_fake_fill_scales(clq_random *random, const clq_op_image *image, float scale, bool is_odd);

#endif
