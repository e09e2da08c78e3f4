/* SPDX-License-Identifier: Apache-2.0 */
/* Positions of output pixels in the input, as clqnn/resize.h defines them. Fixed-point weights, out of 2^10, are doubled, so that kernels know one unit. */
#include <float.h>
#include <math.h>

#include "resize/resize_problem.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

#define FIXED_ONE 1024

static float position_of(const clq_resize_problem *problem, int axis, int64_t index)
{
    const clqnn_resize_desc *desc = &problem->desc;
    const int64_t input = problem->x.shape[problem->height + axis], output = problem->y.shape[problem->height + axis];
    const float scale = desc->scale[axis] > 0.0f ? desc->scale[axis] : (float)output / (float)input;
    if (desc->coordinates == CLQNN_RESIZE_ALIGN_CORNERS) {
        const float product = (float)index * (float)(input - 1);
        return output == 1 ? 0.0f : product / (float)(output - 1);
    }
    if (desc->coordinates == CLQNN_RESIZE_ASYMMETRIC) return (float)index / scale;
    const float quotient = ((float)index + 0.5f) / scale;
    return quotient - 0.5f;
}

static int64_t limit(float position, int64_t input)
{
    if (!(position > 0.0f)) return 0;
    return position >= (float)(input - 1) ? input - 1 : (int64_t)position;
}

int64_t clq_resize_nearest(const clq_resize_problem *problem, int axis, int64_t index)
{
    const int64_t input = problem->x.shape[problem->height + axis];
    const float position = position_of(problem, axis, index), below = floorf(position), rest = position - below;
    bool is_upper = rest > 0.5f;
    if (problem->desc.nearest == CLQNN_NEAREST_ROUND_PREFER_CEIL) is_upper = rest >= 0.5f;
    if (problem->desc.nearest == CLQNN_NEAREST_FLOOR) is_upper = false;
    if (problem->desc.nearest == CLQNN_NEAREST_CEIL) is_upper = rest > 0.0f;
    return limit(is_upper ? below + 1.0f : below, input);
}

/* Of CLQNN_FIXED_*, in units of 2^-10. */
static int64_t fixed_position(const clq_resize_problem *problem, int axis, int64_t index)
{
    const clqnn_resize_coordinates coordinates = problem->desc.coordinates;
    const int64_t output = problem->y.shape[problem->height + axis], ends = coordinates == CLQNN_RESIZE_ALIGN_CORNERS && output > 1;
    const int64_t to = output - ends, from = problem->x.shape[problem->height + axis] - ends;
    const int64_t step = (FIXED_ONE * from + to / 2) / to;
    return index * step + (coordinates == CLQNN_RESIZE_HALF_PIXEL ? step / 2 - FIXED_ONE / 2 : 0);
}

static clq_neighbours fixed_neighbours(const clq_resize_problem *problem, int axis, int64_t index)
{
    const int64_t last = problem->x.shape[problem->height + axis] - 1, wanted = fixed_position(problem, axis, index);
    const int64_t position = wanted < 0 ? 0 : wanted > FIXED_ONE * last ? FIXED_ONE * last : wanted, below = position / FIXED_ONE;
    return (clq_neighbours){
        .index = below,
        .next = below < last ? below + 1 : last,
        .weight = (int32_t)(position - below * FIXED_ONE) * (RESIZE_ONE / FIXED_ONE),
    };
}

clq_neighbours clq_resize_neighbours(const clq_resize_problem *problem, int axis, int64_t index)
{
    const int64_t input = problem->x.shape[problem->height + axis];
    if (problem->desc.rounding != CLQNN_FLOAT_EVEN) return fixed_neighbours(problem, axis, index);
    const float last = (float)(input - 1), wanted = position_of(problem, axis, index);
    const float position = !(wanted > 0.0f) ? 0.0f : wanted > last ? last : wanted;
    const int64_t below = (int64_t)position;
    return (clq_neighbours){
        .index = below,
        .next = below + 1 < input ? below + 1 : input - 1,
        .weight = (int32_t)rintf((position - floorf(position)) * (float)RESIZE_ONE),
    };
}
