/* SPDX-License-Identifier: Apache-2.0 */
/* One group of neighbouring columns quantized side by side, a lane each: clqnn_quantize_groups' rule without its arrays. */
#ifndef CLQ_GROUP_ROUNDING_H
#define CLQ_GROUP_ROUNDING_H

#include <stdbool.h>

#include "clqnn/import.h"

#define CLQ_GROUP_LANES 16

typedef struct clq_group_rule {
    int32_t bits;
    bool asymmetric;
    clqnn_type scale_type;
    clqnn_group_scale scale;
} clq_group_rule;

/* Of each lane; whole numbers of the unsigned range as zero points, 0 where symmetric. A scale is infinite where the range is too large for the type. */
typedef struct clq_group_parameters {
    float scales[CLQ_GROUP_LANES], zero_points[CLQ_GROUP_LANES];
} clq_group_parameters;

/* x[rows][CLQ_GROUP_LANES], finite; codes[rows][CLQ_GROUP_LANES], whose low bits are the code. */
void clq_round_group(const clq_group_rule *rule, const float *x, int64_t rows, uint8_t *codes, clq_group_parameters *chosen);

#endif
