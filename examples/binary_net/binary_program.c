/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_program.h"

#include <stdio.h>
#include <stdlib.h>

#include "binary_device.h"
#include "binary_expected.h"
#include "binary_peers.h"
#include "network_options.h"
#include "network_timing.h"

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_NO_DEVICE = 3, PROFILE_RUNS = 20 };

typedef struct binary_job {
    const char *program;
    network_options options;
    binary_graph graph;
    binary_expected expected;
    binary_device device;
    clqnn_context *context;
} binary_job;

static int report(const binary_job *job, const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", job->program, what, why);
    return EXIT_FAILED;
}

static void print_usage(const char *program, const char *summary)
{
    printf("usage: %s [options]\n"
           "\n"
           "%s, with seeded random weights: runs every step on an OpenCL device through one queue with one finish, compares every tensor with\n"
           "clqnn's reference, bit for bit, and prints the time of an image, beside that of the same convolutions in 8 bits and in f32.\n"
           "\n"
           "  --device TEXT    index of the device, or part of its platform and name (see: clqnn devices)\n"
           "  --runs N         timed runs, 1 .. 100000 (default 50)\n"
           "  --profile        time each step alone and print its kernel\n"
           "  --image N        rows and columns of the image, 16 .. 1024 (default 224)\n"
           "  --width PERCENT  of the channels, 1 .. 200 (default 100)\n"
           "  --classes N      1 .. 100000 (default 1000)\n"
           "  --seed N         of weights and image (default 1)\n"
           "  --no-reference   do not compare\n"
           "  --help           show this text\n"
           "\n"
           "Exit status: 0 if every bit agrees; 1 if not, or if something failed; 2 for a wrong command line; 3 without a device.\n",
           program, summary);
}

/* All tensors after one run with one finish. */
static int compare(const binary_job *job)
{
    const binary_graph *graph = &job->graph;
    int least = 1000, most = 0;
    for (int i = 0; i < graph->step_count; i++) {
        const binary_tensor *tensor = &graph->tensors[graph->steps[i].y];
        const size_t bytes = binary_bytes(tensor);
        const void *expected = job->expected.tensors[graph->steps[i].y];
        void *const got = malloc(bytes);
        if (!got) return report(job, "comparison", "no memory");
        const clqnn_status status = binary_device_download(&job->device, graph->steps[i].y, got);
        const size_t at = status == CLQNN_OK ? binary_first_difference(expected, got, bytes) : bytes;
        free(got);
        if (status != CLQNN_OK) return report(job, "comparison", clqnn_last_error());
        if (at < bytes) {
            printf("reference  DIFFERENT BITS: step %s (%s), byte %zu of %zu\n", graph->steps[i].name, job->device.plans[i].variant, at, bytes);
            return EXIT_FAILED;
        }
        if (tensor->type != CLQNN_B1) continue;
        const int share = binary_negative_share(tensor, expected);
        if (share < least) least = share;
        if (share > most) most = share;
    }
    printf("reference  the same bits in the output of each of %d steps; -1 are %.1f %% to %.1f %% of the values of binary tensors\n", graph->step_count, least / 10.0, most / 10.0);
    return 0;
}

static void print_sizes(const binary_job *job)
{
    double binary = 0, other = 0;
    uint64_t bytes = 0;
    for (int i = 0; i < job->graph.step_count; i++) {
        const binary_step *step = &job->graph.steps[i];
        bytes += job->device.plans[i].packed_bytes;
        if (step->kind != BINARY_CONV) continue;
        *(job->graph.tensors[step->x].type == CLQNN_B1 ? &binary : &other) += binary_products(&job->graph, step);
    }
    printf("network    %d steps, %.1f M binary and %.1f M other multiplications, %.2f MiB of packed weights\n", job->graph.step_count, binary / 1e6, other / 1e6,
           (double)bytes / 1048576.0);
}

static int compare_times(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static clqnn_status time_network(const binary_job *job, double *times)
{
    clqnn_status status = CLQNN_OK;
    for (int64_t r = -1; r < job->options.runs && status == CLQNN_OK; r++) {
        const double start = network_now_seconds();
        status = binary_device_enqueue(&job->device);
        if (status == CLQNN_OK) status = clqnn_finish(job->context);
        if (r >= 0) times[r] = network_now_seconds() - start;
    }
    if (status == CLQNN_OK) qsort(times, (size_t)job->options.runs, sizeof *times, compare_times);
    return status;
}

static int print_times(const binary_job *job)
{
    static const char *const names[] = {"its convolutions alone", "the same convolutions in s8", "the same convolutions in f32"};
    const int64_t runs = job->options.runs;
    double *const times = calloc((size_t)runs, sizeof *times);
    clqnn_status status = times ? time_network(job, times) : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) printf("speed      %9.3f ms an image at best, %9.3f ms median of %lld runs\n", 1e3 * times[0], 1e3 * times[runs / 2], (long long)runs);
    for (int form = BINARY_AS_IT_IS; form <= BINARY_IN_F32 && status == CLQNN_OK; form++) {
        double shortest = 0, median = 0;
        status = binary_peer_time(job->context, &job->graph, (binary_form)form, runs, &shortest, &median);
        if (status == CLQNN_OK) printf("           %9.3f ms         at best, %9.3f ms median: %s\n", 1e3 * shortest, 1e3 * median, names[form]);
    }
    free(times);
    return status == CLQNN_OK ? 0 : report(job, "timing", clqnn_last_error());
}

/* Each step alone, many enqueues to one finish. */
static int print_profile(const binary_job *job)
{
    for (int i = 0; i < job->graph.step_count; i++) {
        clqnn_status status = binary_device_enqueue_step(&job->device, i);
        if (status == CLQNN_OK) status = clqnn_finish(job->context);
        const double start = network_now_seconds();
        for (int r = 0; r < PROFILE_RUNS && status == CLQNN_OK; r++) status = binary_device_enqueue_step(&job->device, i);
        if (status == CLQNN_OK) status = clqnn_finish(job->context);
        if (status != CLQNN_OK) return report(job, "profile", clqnn_last_error());
        printf("  %-16s %10.1f us  %s\n", job->graph.steps[i].name, 1e6 * (network_now_seconds() - start) / PROFILE_RUNS, job->device.plans[i].variant);
    }
    return 0;
}

static int use_device(binary_job *job)
{
    int code = 0;
    print_sizes(job);
    clqnn_status status = binary_device_upload(&job->device, job->expected.tensors[0]);
    if (status == CLQNN_OK) status = binary_device_enqueue(&job->device);
    if (status == CLQNN_OK) status = clqnn_finish(job->context);
    if (status != CLQNN_OK) return report(job, "run", clqnn_last_error());
    if (job->options.skip_reference) puts("reference  not compared");
    else code = compare(job);
    if (code == 0) code = print_times(job);
    return code == 0 && job->options.profile ? print_profile(job) : code;
}

static int run_job(binary_job *job)
{
    clqnn_device_info info;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = job->options.device};
    const clqnn_status found = clqnn_context_create(&desc, &job->context);
    if (found != CLQNN_OK) {
        (void)report(job, "device", clqnn_last_error());
        return found == CLQNN_NO_DEVICE ? EXIT_NO_DEVICE : EXIT_FAILED;
    }
    if (clqnn_context_device(job->context, &info) == CLQNN_OK) printf("device     %s, %s\n", info.platform, info.name);
    if (job->graph.is_short_of_memory) return report(job, "network", "no memory");
    const clqnn_status status = binary_expected_create(&job->graph, !job->options.skip_reference, &job->expected);
    if (status != CLQNN_OK) return report(job, "reference", clqnn_status_name(status));
    if (binary_device_create(job->context, &job->graph, &job->device) != CLQNN_OK) return report(job, "plans", clqnn_last_error());
    const int code = use_device(job);
    binary_device_free(&job->device);
    return code;
}

/* What the other network examples have and these do not. */
static bool is_known(const char *program, const network_options *options)
{
    if (options->batch == 1 && !options->variant && !options->export_path) return true;
    fprintf(stderr, "%s: there is no --batch, --variant or --export; --help lists the options\n", program);
    return false;
}

int binary_program(int argc, char **argv, const char *program, const char *summary, binary_builder build)
{
    binary_job *job = calloc(1, sizeof *job);
    if (!job) return EXIT_FAILED;
    job->program = program;
    int code = EXIT_USAGE;
    if (network_options_parse(program, argc, argv, &job->options) && is_known(program, &job->options)) {
        (void)setenv("POCL_AFFINITY", "1", 0); /* PoCL: each worker thread on a core of its own, unless the user has decided */
        if (job->options.help) {
            print_usage(program, summary);
            code = 0;
        } else {
            job->graph.seed = (uint64_t)job->options.seed;
            build(&job->graph, &job->options.size);
            code = run_job(job);
        }
    }
    binary_expected_free(&job->expected);
    binary_graph_free(&job->graph);
    clqnn_context_release(job->context);
    free(job);
    return code;
}
