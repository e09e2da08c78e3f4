/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "core/message.h"
#include "quantizer/statistics_problem.h"

#define STATE_WORDS ((int64_t)(sizeof(clqnn_slot_statistics) / 4))
#define LEAST_BINS 16
#define MOST_BINS 4096          /* kernels/cl/quantizer/histogram_portable.cl has as many in local memory */
#define DEFAULT_BINS 2048
#define LEAST_PART 16384        /* elements that are worth a histogram of their own */
#define MOST_PART ((int64_t)1 << 30)

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_statistics_problem *problem = problem_memory;
    clqnn_histogram_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_histogram_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_statistics_resolve(&desc.x, desc.granularity, problem));
    const int32_t bins = desc.bins ? desc.bins : DEFAULT_BINS;
    if (bins < LEAST_BINS || bins > MOST_BINS) return clq_fail(CLQNN_INVALID_ARGUMENT, "bins is %d, must be in %d..%d", (int)bins, LEAST_BINS, MOST_BINS);
    if (desc.is_magnitude != 0 && desc.is_magnitude != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_magnitude is %d, must be 0 or 1", (int)desc.is_magnitude);
    problem->params.samples = 1;
    problem->params.bins = bins;
    problem->params.is_magnitude = desc.is_magnitude;
    signature->wanted = desc.variant;
    const clq_tensor state = clq_words(CLQNN_S32, problem->slots.count * STATE_WORDS), counts = clq_words(CLQNN_S32, problem->slots.count * bins);
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    CLQ_FORWARD(clq_op_add_input(signature, "state", -1, &state, false));
    return clq_op_add_output(signature, "counts", -1, &counts);
}

static clqnn_status arrange(const clq_statistics_problem *problem, const clq_op_program *program, int64_t part, clq_op_recipe *recipe)
{
    statistics_params params = problem->params;
    const int64_t least = part < LEAST_PART ? LEAST_PART : part > MOST_PART ? MOST_PART : part;
    params.chunk = (clq_ulong)least;
    params.blocks = (params.elements - 1) / params.chunk + 1;
    params.total = params.slots * params.blocks;
    const size_t local = program->kernels[CLQ_HISTOGRAM].local[0];
    clq_op_step *step = clq_statistics_step(recipe, program, CLQ_HISTOGRAM, (size_t)params.total * local, &params);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_INPUT + 1;
    step->buffers[2] = CLQ_OP_OUTPUT;
    return CLQNN_OK;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_statistics_problem *histogram = problem;
    return 40e-6 + (double)histogram->x.count / (capabilities->is_gpu ? 5e9 : 0.03e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange(problem, &clq_statistics_portable_program, LEAST_PART, recipe);
}

static const clq_op_variant histogram_portable = {
    .name = "histogram_portable",
    .summary = "plain OpenCL C, 64 work-items count a part in local memory; any device",
    .program = &clq_statistics_portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_statistics_problem *histogram = problem;
    return 20e-6 + (double)histogram->x.count / (0.4e9 * capabilities->compute_units);
}

/* A slot is one part where there are slots for all units. */
static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_statistics_problem *histogram = problem;
    const int64_t items = 4 * (int64_t)capabilities->compute_units + 1, parts = items / histogram->slots.count;
    return arrange(histogram, &clq_statistics_vector_program, parts > 1 ? (histogram->slots.elements - 1) / parts + 1 : MOST_PART, recipe);
}

static const clq_op_variant histogram_vector = {
    .name = "histogram_vector",
    .summary = "plain OpenCL C, the bins of 16 elements at a time; CPUs",
    .program = &clq_statistics_vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};

const clq_op_family clq_op_histogram = {
    .kind = "histogram",
    .problem_size = sizeof(clq_statistics_problem),
    .validate = validate,
    .variants = {&histogram_vector, &histogram_portable},
};

clqnn_status clqnn_histogram_create(clqnn_context *context, const clqnn_histogram_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_histogram, desc, op);
}

clqnn_status clqnn_histogram_query(clqnn_context *context, const clqnn_histogram_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_histogram, desc, info);
}
