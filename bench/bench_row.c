/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks alternate: library, library as a sequence, peer, peer, ..., three times over, with a pause behind each peer that is longer than its threads keep
 * spinning, so that nobody's idle threads take a core from another. A disturbed measurement, the library's or a peer's, gets further rounds for all. */
#include "bench_row.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_bench_problem.h"
#include "call_sequence.h"
#include "clqnn/opencl.h"
#include "device_peak.h"
#include "float_problem.h"
#include "mixed_values.h"
#include "sampled_check.h"

enum { ROUNDS = 3, EXTRA_ROUNDS = 3, LIBRARY_SETTLE_MS = 5, MAX_COPIES = 4096, MOST_IMAGES = 32 };
static const double largest_excess = 1.25;
static const double rotated_bytes = 536870912.0;
static const double longest_call_seconds = 10.0;
static const double longest_repeated_ns = 1e5, repeated_launch_ns = 4e5;

typedef struct row_run {
    clqnn_context *context;
    const clq_bench_options *options;
    const clq_peer_set *peers;
    clq_bench_row *row;
    clq_bench_problem problem;
    const clq_subject_type *type;
    void *subject;
    clq_call_sequence sequence;
    clq_samples samples, peer_samples[CLQ_MAX_PEERS];
    void *states[CLQ_MAX_PEERS];
} row_run;

static void create_peers(row_run *run)
{
    run->problem.opencl_context = clqnn_context_opencl_context(run->context);
    run->problem.opencl_device = clqnn_context_opencl_device(run->context);
    const bool ready = !run->problem.floats || run->peers->count == 0 || clq_float_problem_widen(&run->problem);
    for (size_t i = 0; i < run->peers->count; i++) {
        const clq_peer *const peer = run->peers->slots[i].peer;
        clq_peer_row *const result = &run->row->peers[i];
        if (peer == NULL) {
            snprintf(result->reason, sizeof result->reason, "%s", run->peers->slots[i].reason);
        } else if (!ready) {
            snprintf(result->reason, sizeof result->reason, "not enough host memory");
        } else if (run->problem.bits && !peer->takes_bits) {
            snprintf(result->reason, sizeof result->reason, "it has no products of bits");
        } else if (clq_bench_is_operator(run->problem.op)) {
            snprintf(result->reason, sizeof result->reason, "it has no interface for this operator");
        } else if (peer->slowest_gops > 0.0 && run->problem.operations > peer->slowest_gops * longest_call_seconds * 1e9) {
            snprintf(result->reason, sizeof result->reason, "one call would take more than %.0f seconds", longest_call_seconds);
        } else {
            run->states[i] = peer->create(&run->problem, result->reason, sizeof result->reason);
        }
    }
}

static void measure_peer(row_run *run, size_t i)
{
    const clq_peer *const peer = run->peers->slots[i].peer;
    if (run->states[i] == NULL) return;
    const double seconds = run->options->seconds / ROUNDS;
    const bool measured = peer->measure ? peer->measure(run->states[i], seconds, &run->peer_samples[i])
                                        : clq_measure_block(peer->run, run->states[i], seconds, &run->peer_samples[i]);
    if (!measured) {
        snprintf(run->row->peers[i].reason, sizeof run->row->peers[i].reason, "a call failed");
        peer->destroy(run->states[i]);
        run->states[i] = NULL;
    }
    clq_pause_ms(peer->settle_ms);
}

static bool measure_round(row_run *run)
{
    clq_bench_row *const row = run->row;
    const double seconds = run->options->seconds / ROUNDS;
    if (!clq_measure_block(run->type->run, run->subject, seconds, &run->samples)) {
        snprintf(row->message, sizeof row->message, "%s", clqnn_last_error());
        return false;
    }
    if (!clq_call_sequence_measure(&run->sequence, &run->problem, clq_samples_min(&run->samples), 0.5 * seconds, row->message, sizeof row->message)) {
        return false;
    }
    clq_pause_ms(LIBRARY_SETTLE_MS);
    for (size_t i = 0; i < run->peers->count; i++) measure_peer(run, i);
    return true;
}

/* Calls back to back take no longer than the best single call, unless something else had the cores meanwhile. */
static bool is_disturbed(const clq_samples *samples) { return samples->count > 0 && samples->ns_pipelined > largest_excess * clq_samples_min(samples); }

static bool measure_rounds(row_run *run)
{
    for (int round = 0; round < ROUNDS + EXTRA_ROUNDS; round++) {
        bool disturbed = is_disturbed(&run->samples) || run->sequence.ns > largest_excess * clq_samples_min(&run->samples);
        for (size_t i = 0; i < run->peers->count; i++) disturbed = disturbed || is_disturbed(&run->peer_samples[i]);
        if (round >= ROUNDS && !disturbed) break;
        if (!measure_round(run)) return false;
    }
    return true;
}

static bool close_enough(const clq_peer *peer, clqnn_type type, const void *ours, const void *theirs, size_t bytes)
{
    const int allowed = peer->may_round_otherwise ? 1 : 0;
    if (type == CLQNN_S32 || type == CLQNN_F16 || clqnn_type_size(type) == 0) return memcmp(ours, theirs, bytes) == 0;
    for (size_t i = 0; i < bytes / clqnn_type_size(type); i++) {
        if (type == CLQNN_F32) {
            const float x = ((const float *)ours)[i], y = ((const float *)theirs)[i];
            if (fabsf(x - y) > 1e-5f * fabsf(x)) return false;
        } else {
            const int x = type == CLQNN_S8 ? ((const signed char *)ours)[i] : ((const unsigned char *)ours)[i];
            const int y = type == CLQNN_S8 ? ((const signed char *)theirs)[i] : ((const unsigned char *)theirs)[i];
            if (abs(x - y) > allowed) return false;
        }
    }
    return true;
}

/* A peer's product of floats has the same bound: rounded to c's type it must lie where a right result of the library lies. */
static clq_agreement judge_floats(const clq_bench_problem *problem, const float *values)
{
    char message[256];
    const size_t count = problem->c_bytes / clqnn_type_size(problem->types.c);
    void *const c = malloc(problem->c_bytes + 1);
    if (c == NULL) return CLQ_NOT_COMPARED;
    for (size_t i = 0; i < count; i++) clq_mixed_store(c, (int64_t)i, problem->types.c, values[i]);
    const bool right = clq_sampled_check(problem, c, message, sizeof message);
    free(c);
    return right ? CLQ_AGREES : CLQ_DISAGREES;
}

static void compare_peers(row_run *run)
{
    const bool floats = run->problem.floats, byte = run->problem.types.c == CLQNN_S8 || run->problem.types.c == CLQNN_U8;
    const size_t result_bytes = floats ? run->problem.c_bytes / clqnn_type_size(run->problem.types.c) * sizeof(float) : run->problem.c_bytes;
    void *const ours = malloc(run->problem.c_bytes + 1), *const theirs = malloc(result_bytes + 1);
    const bool here = ours != NULL && theirs != NULL && run->type->result(run->subject, ours);
    for (size_t i = 0; i < run->peers->count; i++) {
        const clq_peer *const peer = run->peers->slots[i].peer;
        clq_agreement *const agreement = &run->row->peers[i].agreement;
        *agreement = CLQ_NOT_COMPARED;
        if (!here || run->states[i] == NULL || peer->result == NULL || !peer->result(run->states[i], theirs)) continue;
        if (floats && byte) continue; /* peers have no such output */
        *agreement = floats ? judge_floats(&run->problem, theirs) : close_enough(peer, run->problem.types.c, ours, theirs, run->problem.c_bytes) ? CLQ_AGREES
                                                                                                                                   : CLQ_DISAGREES;
    }
    free(ours);
    free(theirs);
}

static clq_timing summarise(clq_samples *samples)
{
    return (clq_timing){ .measured = samples->count > 0, .ns_min = clq_samples_min(samples), .ns_median = clq_samples_median(samples),
                         .ns_pipelined = samples->ns_pipelined, .runs = samples->count, .disturbed = is_disturbed(samples) };
}

static void time_row(row_run *run)
{
    clq_bench_row *const row = run->row;
    create_peers(run);
    const bool opened = clq_call_sequence_open(run->context, run->type, run->subject, &run->problem, &run->sequence, row->message, sizeof row->message);
    const bool measured = opened && measure_rounds(run);
    if (measured) compare_peers(run);
    row->timing = summarise(&run->samples);
    row->ns_sequence = run->sequence.ns;
    row->sequence_calls = run->sequence.calls;
    row->sequence_joined = run->sequence.joined;
    for (size_t i = 0; i < run->peers->count; i++) {
        if (run->states[i] != NULL) {
            row->peers[i].timing = summarise(&run->peer_samples[i]);
            run->peers->slots[i].peer->destroy(run->states[i]);
        }
        clq_samples_free(&run->peer_samples[i]);
    }
    clq_samples_free(&run->samples);
    clq_call_sequence_close(&run->sequence);
    row->state = measured ? CLQ_ROW_TIMED : run->sequence.differs ? CLQ_ROW_WRONG : CLQ_ROW_BROKEN;
}

static size_t copies_for(const clq_bench_problem *problem, bool rotate)
{
    if (!rotate || problem->b_bytes == 0) return 1;
    const double copies = ceil(rotated_bytes / (double)problem->b_bytes);
    return copies < 2.0 ? 2 : copies > MAX_COPIES ? MAX_COPIES : (size_t)copies;
}

/* A convolution so short that its launch is a part of its time: the layer on its own, as many images in one launch, verified as any other. */
static void measure_repeated(clqnn_context *context, const clq_suite_row *what, const clq_bench_options *options, clq_bench_row *row)
{
    clq_bench_shape shape = what->shape;
    clq_bench_problem problem;
    clqnn_status status = CLQNN_OK;
    if (row->state != CLQ_ROW_TIMED || shape.op != CLQ_BENCH_CONV || row->timing.ns_pipelined > longest_repeated_ns) return;
    const double wanted = repeated_launch_ns / row->timing.ns_pipelined;
    const int64_t images = wanted > MOST_IMAGES ? MOST_IMAGES : (int64_t)wanted;
    shape.conv.batch *= images;
    if (!clq_bench_problem_create(&shape, &what->types, &problem, row->message, sizeof row->message)) return;
    void *const subject = clq_conv_subject.create(context, &problem, options->variant, &status, row->message, sizeof row->message);
    clq_samples samples = { .ns = NULL };
    if (subject != NULL && clq_conv_subject.verify(subject, row->message, sizeof row->message) &&
        clq_measure_block(clq_conv_subject.run, subject, options->seconds / ROUNDS, &samples)) {
        row->ns_repeated = samples.ns_pipelined / (double)images;
    } else {
        row->state = CLQ_ROW_WRONG;
    }
    clq_samples_free(&samples);
    clq_conv_subject.destroy(subject);
    clq_bench_problem_destroy(&problem);
}

void clq_bench_row_measure(clqnn_context *context, const clq_suite_row *what, const clq_bench_options *options, const clq_peer_set *peers, clq_bench_row *row)
{
    row_run run = { .context = context, .options = options, .peers = peers, .row = row, .type = clq_subject_of(what->shape.op) };
    clqnn_status status = CLQNN_OK;
    *row = (clq_bench_row){ .state = CLQ_ROW_REFUSED };
    if (!clq_bench_problem_create(&what->shape, &what->types, &run.problem, row->message, sizeof row->message)) return;
    run.problem.copies = copies_for(&run.problem, what->rotate);
    row->operations = run.problem.operations;
    row->bytes = run.problem.bytes;
    row->floats = run.problem.floats;
    row->counts = clq_bits_bench_counts(&what->types);
    row->copies = run.problem.copies;
    run.subject = run.type->create(context, &run.problem, options->variant, &status, row->message, sizeof row->message);
    if (run.subject != NULL) {
        row->variant = run.type->variant(run.subject);
        row->packed_bytes = run.type->packed_bytes(run.subject);
        if (what->types.group != 0) row->bytes += (double)row->packed_bytes - (double)run.problem.b_bytes;
        row->state = CLQ_ROW_WRONG;
        const bool right = run.type->verify(run.subject, row->message, sizeof row->message);
        const bool copies = clq_bench_is_operator(what->shape.op);
        if (right && what->rotate) row->read_gbs = clq_device_read_measure(context);
        if (right && copies) row->copy_gbs = clq_device_copy_measure(context);
        if (right) time_row(&run);
        if (right && what->rotate) row->read_gbs = fmax(row->read_gbs, clq_device_read_measure(context));
        if (right && copies) row->copy_gbs = fmax(row->copy_gbs, clq_device_copy_measure(context));
        run.type->destroy(run.subject);
        measure_repeated(context, what, options, row);
    } else if (status != CLQNN_UNSUPPORTED) {
        row->state = CLQ_ROW_BROKEN;
    }
    clq_bench_problem_destroy(&run.problem);
}
