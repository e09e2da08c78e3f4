/* SPDX-License-Identifier: Apache-2.0 */
/* nth_failure_test opencl|host warm|cold FOLDER
 * For every n until nothing fails any more: does some work of the library while its n-th OpenCL call, or its n-th host allocation, fails (when warm, once
 * more with all that follow failing too). The work must report a status that fits and a message that names the call or its code, or must have done
 * without and give the right result where that is allowed; nothing may stay alive. `warm`: programs come from the cache folder. `cold`: they are built
 * and stored each time, while what the context probed beforehand is found in the folder, unless the work is the making of a context. FOLDER_probed is
 * emptied and filled too. Prints how many n each work had. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layer_problem.h"
#include "layer_session.h"

typedef struct setting {
    const clq_layer_control *layer;
    bool on_host, is_cold;
    const char *folder;
    char probed[1024];      /* when cold: a folder that holds what a context leaves there before it has done anything */
    unsigned failures;
} setting;

/* Some work of the library: `problem` on a context that is made beforehand; NULL: making a context; round_trip: its weights to bytes and back. */
typedef struct work {
    const char *name;
    const clq_layer_problem *problem;
    bool round_trip;
} work;

typedef struct outcome {
    bool injected;
    clqnn_status status;
    const char *entry;    /* what failed first, of OpenCL */
    cl_int code;
    char message[512];
    unsigned char output[CLQ_LAYER_OUTPUT_BYTES];
} outcome;

static bool is_context(const work *what)
{
    return !what->problem;
}

static clqnn_status make_context(const char *folder, clqnn_context **context)
{
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = folder};
    return clqnn_context_create(&desc, context);
}

static clqnn_status run(const setting *set, const work *what, clqnn_context *context, unsigned char *output)
{
    if (what->round_trip) return clq_layer_round_trip(context, what->problem, output);
    if (what->problem) return clq_layer_multiply(context, what->problem, NULL, output);
    clqnn_context *made = NULL;
    const clqnn_status status = make_context(set->folder, &made);
    if (status != CLQNN_OK && made) (void)fprintf(stderr, "a context came with a failure\n");
    if (status == CLQNN_OK) {
        size_t count = 0;
        clqnn_capability list[32];
        (void)clqnn_context_capabilities(made, list, 32, &count);
        for (size_t i = 0; i < count; i++) output[i] = (unsigned char)list[i].available;
    }
    clqnn_context_release(made);
    return status;
}

static void arm(const setting *set, uint64_t n, bool onward)
{
    if (set->on_host) clq_host_fail_at(n, onward);
    else set->layer->fail_at(n, onward);
}

/* n of 0: without failure. */
static bool attempt(const setting *set, const work *what, uint64_t n, bool onward, outcome *got)
{
    clqnn_context *context = NULL;
    memset(got, 0, sizeof *got);
    if (set->is_cold) clq_folder_empty(set->folder);
    if (set->is_cold && !is_context(what) && !clq_folder_link(set->probed, set->folder)) return false;
    if (!is_context(what) && make_context(set->folder, &context) != CLQNN_OK) {
        (void)fprintf(stderr, "no context without a failure: %s\n", clqnn_last_error());
        return false;
    }
    arm(set, n, onward);
    got->status = run(set, what, context, got->output);
    arm(set, 0, false);
    (void)snprintf(got->message, sizeof got->message, "%s", clqnn_last_error());
    got->entry = n && !set->on_host ? set->layer->failed_entry(&got->code) : NULL;
    got->injected = n && (set->on_host ? clq_host_has_failed() : got->entry != NULL);
    clqnn_context_release(context);
    return true;
}

/* Whether success in spite of a failure is right: what only the cache of programs needs, facts for information, when cold all that probes do, and the wait of a
 * sequence's destruction, which has no status. */
static bool may_be_lost(const setting *set, const work *what, const outcome *got)
{
    if (set->on_host || (set->is_cold && is_context(what))) return true;
    static const char *const warm[] = {"clCreateProgramWithBinary", "clBuildProgram", NULL}, *const cold[] = {"clGetProgramInfo", NULL};
    for (const char *const *entry = set->is_cold ? cold : warm; *entry; entry++) {
        if (strcmp(*entry, got->entry) == 0) return true;
    }
    if (!is_context(what) && what->problem->sequence && strcmp(got->entry, "clWaitForEvents") == 0) return true;
    return strcmp(got->entry, "clGetDeviceInfo") == 0 && is_context(what);
}

static bool message_names(const outcome *got)
{
    char code[16];
    (void)snprintf(code, sizeof code, "(%d)", (int)got->code);
    return strstr(got->message, got->entry) || strstr(got->message, code);
}

/* NULL if the outcome is as it must be. */
static const char *judge(const setting *set, const work *what, bool onward, const outcome *got, const outcome *right)
{
    if (got->status == CLQNN_OK) {
        const bool may_differ = is_context(what) && set->is_cold; /* fewer capabilities */
        if (!may_differ && memcmp(got->output, right->output, sizeof got->output) != 0) return "success with a wrong result";
        return may_be_lost(set, what, got) ? NULL : "success in spite of the failure";
    }
    if (!got->message[0]) return "no message";
    if (set->on_host) return got->status == CLQNN_OUT_OF_MEMORY ? NULL : "not CLQNN_OUT_OF_MEMORY";
    if (got->status != CLQNN_OUT_OF_MEMORY && got->status != CLQNN_OPENCL_ERROR && got->status != CLQNN_BUILD_FAILED) return "a status that does not fit";
    return onward || message_names(got) ? NULL : "the message names neither call nor code";
}

static bool try_nth(setting *set, const work *what, uint64_t n, bool onward, const outcome *right)
{
    char label[160];
    static outcome got;
    (void)snprintf(label, sizeof label, "%s, %s %llu%s", what->name, set->on_host ? "allocation" : "call", (unsigned long long)n, onward ? " and on" : "");
    const clq_holdings before = clq_holdings_read(set->layer);
    if (!attempt(set, what, n, onward, &got)) set->failures++;
    const char *complaint = got.injected ? judge(set, what, onward, &got, right) : NULL;
    if (complaint) {
        (void)fprintf(stderr, "%s (%s, code %d): %s: %s '%s'\n", label, got.entry ? got.entry : "host", (int)got.code, complaint, clqnn_status_name(got.status), got.message);
        set->failures++;
    }
    if (!clq_holdings_same(set->layer, &before, label)) set->failures++;
    return got.injected;
}

static bool fits(const setting *set, const work *what)
{
    clqnn_context *context = NULL;
    const bool answer = is_context(what) || (make_context(set->folder, &context) == CLQNN_OK && clq_layer_problem_fits(context, what->problem));
    clqnn_context_release(context);
    return answer;
}

static void try_all(setting *set, const work *what)
{
    static outcome right;
    if (!fits(set, what)) {
        (void)printf("%s: not for this device\n", what->name);
        return;
    }
    const clq_holdings before = clq_holdings_read(set->layer);
    if (!attempt(set, what, 0, false, &right) || right.status != CLQNN_OK) {
        (void)fprintf(stderr, "%s fails by itself: %s\n", what->name, clqnn_last_error());
        set->failures++;
        return;
    }
    if (!clq_holdings_same(set->layer, &before, what->name)) set->failures++;
    uint64_t n = 1;
    while (try_nth(set, what, n, false, &right)) {
        if (!set->is_cold || is_context(what)) (void)try_nth(set, what, n, true, &right);
        n++;
    }
    (void)printf("%s: %llu %s\n", what->name, (unsigned long long)n - 1, set->on_host ? "allocations" : "calls");
    if (n == 1 && (!what->problem || what->problem->launches)) {
        (void)fprintf(stderr, "%s: nothing could fail\n", what->name);
        set->failures++;
    }
}

/* Fills set->probed. */
static bool probe_once(setting *set)
{
    clqnn_context *context = NULL;
    (void)snprintf(set->probed, sizeof set->probed, "%s_probed", set->folder);
    clq_folder_empty(set->probed);
    if (make_context(set->probed, &context) != CLQNN_OK) (void)fprintf(stderr, "no context without a failure: %s\n", clqnn_last_error());
    clqnn_context_release(context);
    return context != NULL;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        (void)fprintf(stderr, "usage: nth_failure_test opencl|host warm|cold FOLDER\n");
        return 2;
    }
    setting set = {.on_host = strcmp(argv[1], "host") == 0, .is_cold = strcmp(argv[2], "cold") == 0, .folder = argv[3]};
    const int absent = clq_layer_open(&set.layer);
    if (absent) return absent;
    clq_folder_empty(set.folder);
    if (set.is_cold && !probe_once(&set)) return 1;
    try_all(&set, &(work){.name = "context"});
    for (unsigned i = 0; i < clq_layer_problem_count; i++) {
        const clq_layer_problem *problem = &clq_layer_problems[i];
        if (!set.is_cold || problem->tried_cold) try_all(&set, &(work){.name = problem->name, .problem = problem});
        if (!set.is_cold && (i == 0 || problem->convolution || (problem->bits && !problem->runtime_b))) try_all(&set, &(work){.name = "weights to bytes and back", .problem = problem, .round_trip = true});
    }
    (void)printf("%u failures\n", set.failures);
    return set.failures ? 1 : 0;
}
