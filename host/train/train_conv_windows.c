/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: a row for each size of the register file. Forward and by data copy what rectangles see and pack the weights; by weight the sums are kept in parts. */
#include <string.h>

#include "train/train_windows.h"

#define PART_PIXELS 1024   /* by weight: of a part at least, so that joining parts takes little beside summing them */

enum { WINDOWS, PACK, WEIGHTS, JOIN };

static const clq_train_shape avx512 = {8, 2, 8, 32768, 512, 32}, avx2 = {6, 1, 6, 32768, 512, 16}, vec16 = {3, 2, 4, 6144, 64, 4};

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* What clocks depend on. */
typedef struct tile_work {
    const clq_train_shape *shape;
    int64_t terms, panels;
} tile_work;

static double window_clocks(const void *context, int64_t pixels, int64_t image_floats)
{
    const tile_work *w = context;
    const double tile = (double)(w->shape->tile_rows * 16 * w->terms) / w->shape->products_a_clock;
    return 2000 + 0.4 * (double)image_floats + (double)w->panels * (double)ceiling(pixels, w->shape->tile_rows) * (tile + 60);
}

static double weight_clocks(const void *context, int64_t pixels, int64_t image_floats)
{
    const tile_work *w = context;
    const double tile = (double)(w->shape->weight_rows * 16 * pixels) / w->shape->products_a_clock;
    return 1000 + 0.4 * (double)image_floats + (double)w->panels * (4.0 * (double)pixels + (double)ceiling(w->terms, w->shape->weight_rows) * (tile + 60));
}

/* ---- Forward and by data: a launch a phase ---- */

typedef struct window_step {
    train_window_params window;
    train_pack_params pack;
    int64_t packed;                  /* floats */
    double clocks;
} window_step;

static bool set_runs(const clq_train_axis axes[2], int64_t channels, train_window_params *params)
{
    const bool joins = axes[1].spacing == 1;
    const int64_t width = (int64_t)(params->g.block[1] - 1) * params->g.step[1] + params->g.reach[1];
    const int64_t across = axes[1].taps == 0 ? 0 : joins ? 1 : axes[1].taps, runs = axes[0].taps * across;
    if (runs > WINDOW_MOST_RUNS) return false;
    params->runs = (clq_int)runs;
    params->run_length = (clq_int)(channels * (joins ? axes[1].taps : 1));
    for (int64_t i = 0; i < runs; i++) params->run_at[i] = (clq_int)((i / across * axes[0].spacing * width + i % across * axes[1].spacing) * channels);
    return true;
}

static void set_pack(const clq_train_conv_problem *p, const clq_train_axis axes[2], train_pack_params *pack)
{
    const int64_t taps = p->kernel[0] * p->kernel[1], group_in = p->channels / p->groups, group_out = p->output_channels / p->groups;
    const bool by_data = p->kind == CLQNN_TRAIN_BY_DATA;
    *pack = (train_pack_params){
        .group_step = (clq_ulong)(group_out * taps * group_in),
        .lane_step = (clq_ulong)(by_data ? 1 : taps * group_in),
        .tap_step = (clq_ulong)group_in,
        .channel_step = (clq_ulong)(by_data ? taps * group_in : 1),
        .window_width = (clq_int)p->kernel[1],
        .channels = (clq_int)(by_data ? group_out : group_in),
        .lanes = (clq_int)(by_data ? group_in : group_out),
        .groups = (clq_int)p->groups,
    };
    pack->panels = (clq_int)ceiling(pack->lanes, 16);
    for (int d = 0; d < 2; d++) {
        pack->tap_first[d] = (clq_int)axes[d].tap_first;
        pack->tap_next[d] = (clq_int)axes[d].tap_next;
        pack->taps[d] = (clq_int)axes[d].taps;
    }
}

/* False where the shape's kernels cannot do it. */
static bool make_window_step(const clq_train_shape *shape, const clq_train_conv_problem *p, const clq_train_axis axes[2], int64_t units, window_step *step)
{
    const bool by_data = p->kind == CLQNN_TRAIN_BY_DATA;
    const int64_t *source = by_data ? p->output : p->input, *target = by_data ? p->input : p->output;
    memset(step, 0, sizeof *step);
    set_pack(p, axes, &step->pack);
    const tile_work work = {shape, axes[0].taps * axes[1].taps * step->pack.channels, step->pack.panels};
    train_window_params *params = &step->window;
    if (!clq_train_choose_rectangle(shape, p, axes, window_clocks, &work, units, &params->g, &step->clocks)) return false;
    if (!set_runs(axes, step->pack.channels, params)) return false;
    params->g.source_image = (clq_ulong)(source[0] * source[1] * params->g.source_channels);
    params->target_channels = (clq_int)(by_data ? p->channels : p->output_channels);
    params->target_image = (clq_ulong)(target[0] * target[1] * params->target_channels);
    params->target_width = (clq_int)target[1];
    params->group_target = step->pack.lanes;
    params->has_bias = p->has_bias;
    params->packed_group = (clq_ulong)(work.terms * 16 * work.panels);
    for (int d = 0; d < 2; d++) {
        params->place[d] = (clq_int)axes[d].place;
        params->place_step[d] = (clq_int)axes[d].place_step;
    }
    step->packed = (int64_t)params->packed_group * p->groups;
    return true;
}

static clqnn_status add_window_step(const clq_train_conv_problem *p, const window_step *made, uint64_t packed_at, clq_op_recipe *recipe)
{
    if (made->packed) {
        clq_op_step *pack = clq_op_add_step(recipe);
        if (!pack) return CLQNN_OUT_OF_MEMORY;
        const uint8_t buffers[] = {CLQ_OP_INPUT + 1, CLQ_OP_WORKSPACE};
        memcpy(pack->buffers, buffers, sizeof buffers);
        memcpy(pack->params, &made->pack, sizeof made->pack);
        pack->kernel = PACK;
        pack->base[1] = packed_at;
        pack->global[0] = (size_t)(made->pack.taps[0] * made->pack.taps[1]);
        pack->global[1] = (size_t)made->pack.panels;
        pack->global[2] = (size_t)p->groups;
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const uint8_t buffers[] = {CLQ_OP_INPUT, made->packed ? CLQ_OP_WORKSPACE : CLQ_OP_INPUT, CLQ_OP_INPUT + (p->has_bias ? 2 : 0), CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &made->window, sizeof made->window);
    step->kernel = WINDOWS;
    step->base[1] = made->packed ? packed_at : 0;
    step->global[0] = (size_t)made->window.g.blocks;
    step->global[1] = (size_t)p->groups;
    step->global[2] = (size_t)p->batch;
    return CLQNN_OK;
}

/* Walks the phases. Gives clocks and floats of packed weights; with a recipe adds the launches. CLQNN_UNSUPPORTED without a message where the kernels cannot
 * do one. */
static clqnn_status walk_phases(const clq_train_shape *shape, const clq_train_conv_problem *p, int64_t units, double *clocks, int64_t *packed,
                                clq_op_recipe *recipe)
{
    const bool by_data = p->kind == CLQNN_TRAIN_BY_DATA;
    const int64_t phases[2] = {by_data ? p->stride[0] : 1, by_data ? p->stride[1] : 1};
    *clocks = 0;
    *packed = 0;
    if (phases[0] > CLQ_TRAIN_MOST_STRIDE || phases[1] > CLQ_TRAIN_MOST_STRIDE) return CLQNN_UNSUPPORTED;
    for (int64_t phase = 0; phase < phases[0] * phases[1]; phase++) {
        const int64_t place[2] = {phase / phases[1], phase % phases[1]};
        clq_train_axis axes[2];
        window_step step;
        for (int d = 0; d < 2; d++) axes[d] = by_data ? clq_train_axis_by_data(p, d, place[d]) : clq_train_axis_forward(p, d);
        if (axes[0].grid == 0 || axes[1].grid == 0) continue;
        if (!make_window_step(shape, p, axes, units, &step)) return CLQNN_UNSUPPORTED;
        if (recipe) CLQ_FORWARD(add_window_step(p, &step, (uint64_t)(4 * *packed), recipe));
        *clocks += step.clocks + 20000;
        *packed += step.packed;
    }
    return CLQNN_OK;
}

/* ---- By weight ---- */

typedef struct weight_plan {
    train_weight_params params;
    int64_t terms, part_floats, parts;
    double clocks;
} weight_plan;

static bool make_weight_plan(const clq_train_shape *shape, const clq_train_conv_problem *p, int64_t units, weight_plan *plan)
{
    clq_train_axis axes[2];
    memset(plan, 0, sizeof *plan);
    for (int d = 0; d < 2; d++) axes[d] = clq_train_axis_forward(p, d);
    const int64_t group_out = p->output_channels / p->groups, panels = ceiling(group_out, 16);
    plan->terms = p->kernel[0] * p->kernel[1] * (p->channels / p->groups);
    plan->part_floats = p->groups * (plan->terms + 1) * 16 * panels;
    const tile_work work = {shape, plan->terms, panels};
    train_weight_params *params = &plan->params;
    if (!clq_train_choose_rectangle(shape, p, axes, weight_clocks, &work, 0, &params->g, &plan->clocks)) return false;
    const int64_t rectangles = p->batch * params->g.blocks, least = ceiling(PART_PIXELS, (int64_t)params->g.block[0] * params->g.block[1]);
    const int64_t each = ceiling(rectangles, clq_train_parts(plan->part_floats, rectangles, least));
    plan->parts = ceiling(rectangles, each);   /* none is empty */
    int64_t panels_each = panels;
    while (panels_each > 1 && plan->parts * p->groups * ceiling(panels, panels_each) < 4 * units) panels_each = (panels_each + 1) / 2;
    params->g.source_image = (clq_ulong)(p->input[0] * p->input[1] * p->channels);
    params->y_image = (clq_ulong)(p->output[0] * p->output[1] * p->output_channels);
    params->y_width = (clq_int)p->output[1];
    params->y_channels = (clq_int)p->output_channels;
    params->group_out = (clq_int)group_out;
    params->panels = (clq_int)panels;
    params->panels_each = (clq_int)panels_each;
    params->rectangles = (clq_int)each;
    params->all_rectangles = (clq_int)rectangles;
    for (int d = 0; d < 2; d++) {
        params->window[d] = (clq_int)p->kernel[d];
        params->dilation[d] = (clq_int)p->dilation[d];
    }
    plan->clocks += 2.0 * (double)(plan->part_floats * plan->parts) + 20000;
    return true;
}

static clqnn_status arrange_weights(const clq_train_conv_problem *p, const weight_plan *plan, clq_op_recipe *recipe)
{
    const int64_t panels = plan->params.panels;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_WORKSPACE};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &plan->params, sizeof plan->params);
    step->kernel = WEIGHTS;
    step->global[0] = (size_t)ceiling(panels, plan->params.panels_each);
    step->global[1] = (size_t)p->groups;
    step->global[2] = (size_t)plan->parts;
    const train_lanes_params lanes = {.part_stride = (clq_ulong)plan->part_floats, .parts = (clq_int)plan->parts, .groups = (clq_int)p->groups,
                                      .terms = (clq_int)plan->terms,
                                      .panels = (clq_int)panels, .group_out = plan->params.group_out, .has_bias = p->has_bias};
    clq_op_step *join = clq_op_add_step(recipe);
    if (!join) return CLQNN_OUT_OF_MEMORY;
    const uint8_t joined[] = {CLQ_OP_WORKSPACE, CLQ_OP_OUTPUT, CLQ_OP_OUTPUT + (p->has_bias ? 1 : 0)};
    memcpy(join->buffers, joined, sizeof joined);
    memcpy(join->params, &lanes, sizeof lanes);
    join->kernel = JOIN;
    join->global[0] = (size_t)(plan->terms + (p->has_bias ? 1 : 0));
    join->global[1] = (size_t)panels;
    join->global[2] = (size_t)p->groups;
    return CLQNN_OK;
}

/* ---- The variants ---- */

static bool fits(const clq_train_shape *shape, const clq_train_conv_problem *p, int64_t units, double *clocks, uint64_t *workspace)
{
    weight_plan plan;
    int64_t packed = 0;
    if (p->kind == CLQNN_TRAIN_BY_WEIGHT) {
        if (!make_weight_plan(shape, p, units, &plan)) return false;
        *clocks = plan.clocks;
        *workspace = (uint64_t)(4 * plan.part_floats * plan.parts);
        return true;
    }
    if (walk_phases(shape, p, units, clocks, &packed, NULL) != CLQNN_OK) return false;
    *workspace = (uint64_t)(4 * packed);
    return true;
}

static const char *refuses(const clq_train_shape *shape, const clq_train_conv_problem *problem, const clq_capabilities *capabilities)
{
    double clocks;
    uint64_t workspace;
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (capabilities->local_bytes < (uint64_t)(4 * (shape->image_floats + 16 * shape->most_pixels))) return "its blocks do not fit the device's local memory";
    if (fits(shape, problem, capabilities->compute_units, &clocks, &workspace)) return NULL;
    return "a window with its channels is more than its blocks hold, or its phases or taps are too many";
}

static double seconds(const clq_train_shape *shape, const void *problem, const clq_capabilities *capabilities)
{
    double clocks = 0;
    uint64_t workspace;
    (void)fits(shape, problem, capabilities->compute_units, &clocks, &workspace);
    return 20e-6 + clocks / (1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static uint64_t bytes(const clq_train_shape *shape, const void *problem, const clq_capabilities *capabilities)
{
    double clocks;
    uint64_t workspace = 0;
    (void)fits(shape, problem, capabilities->compute_units, &clocks, &workspace);
    return workspace;
}

static clqnn_status arrange(const clq_train_shape *shape, const clq_train_conv_problem *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    weight_plan plan;
    double clocks;
    int64_t packed;
    if (problem->kind != CLQNN_TRAIN_BY_WEIGHT) return walk_phases(shape, problem, capabilities->compute_units, &clocks, &packed, recipe);
    (void)make_weight_plan(shape, problem, capabilities->compute_units, &plan);
    return arrange_weights(problem, &plan, recipe);
}

#define ROW(id, knobs, capability, text)                                                                                                \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        return refuses(&id, problem, capabilities);                                                                                     \
    }                                                                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                  \
    {                                                                                                                                   \
        return seconds(&id, problem, capabilities);                                                                                     \
    }                                                                                                                                   \
    static uint64_t id##_workspace(const void *problem, const clq_capabilities *capabilities)                                           \
    {                                                                                                                                   \
        return bytes(&id, problem, capabilities);                                                                                       \
    }                                                                                                                                   \
    static clqnn_status id##_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)                  \
    {                                                                                                                                   \
        return arrange(&id, problem, capabilities, recipe);                                                                             \
    }                                                                                                                                   \
    static const clq_op_program id##_program = {                                                                                        \
        .parts = {"op/vector_memory", "train/train_window_params", "train/train_image", "train/train_conv_windows", "train/train_pack_windows", \
                  "train/train_conv_weights", \
                  "train/train_join_lanes"}, \
        .defines = knobs,                                                                                                               \
        .kernels = {{"train_conv_windows", 4, sizeof(train_window_params), {1, 1, 1}},                                                  \
                    {"train_pack_windows", 2, sizeof(train_pack_params), {1, 1, 1}},                                                    \
                    {"train_conv_weights", 3, sizeof(train_weight_params), {1, 1, 1}},                                                  \
                    {"train_join_lanes", 3, sizeof(train_lanes_params), {1, 1, 1}}},                                                    \
    };                                                                                                                                  \
    const clq_op_variant clq_train_conv_##id = {.name = "train_conv_" #id, .summary = text, .program = &id##_program, .needs = (capability), \
                                                .counts_begun = true, \
                                                .accepts = id##_accepts, .cost = id##_cost, .workspace = id##_workspace, .arrange = id##_arrange}

#define SIZES(rows, panels, weight_rows, image, pixels) \
    "-DTILE_ROWS=" #rows " -DTILE_PANELS=" #panels " -DWEIGHT_ROWS=" #weight_rows " -DIMAGE_FLOATS=" #image " -DMOST_PIXELS=" #pixels

ROW(avx512, SIZES(8, 2, 8, 32768, 512), CLQ_CAP_X86_AVX512, "8 pixels x 32 channels in AVX-512 registers, or 8 weights x 16 channels");
ROW(avx2, SIZES(6, 1, 6, 32768, 512), CLQ_CAP_X86_AVX2, "6 pixels or weights x 16 channels in AVX2 registers");
ROW(vec16, SIZES(3, 2, 4, 6144, 64), 0, "3 pixels x 32 channels or 4 weights x 16 channels in plain vectors; any CPU");
