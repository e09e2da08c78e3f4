/* SPDX-License-Identifier: Apache-2.0 */
/* probe_failure_test FOLDER
 * While a context finds out what its device can do for the first time, its n-th OpenCL call or host allocation fails, for every n. Either the context is
 * refused with a message, or it has fewer capabilities, never others; and what went wrong once must not be kept: the next context that uses the same
 * cache folder has all of them. What the compiler definitely refuses is kept. */
#include <stdio.h>
#include <string.h>

#include "layer_problem.h"
#include "layer_session.h"

#define MOST_CAPABILITIES 32

typedef struct verdicts {
    size_t count;
    int32_t available[MOST_CAPABILITIES];
    char text[MOST_CAPABILITIES][64];
} verdicts;

static unsigned failures;

static void complain(const char *what, uint64_t n, const char *why)
{
    (void)fprintf(stderr, "%s %llu: %s\n", what, (unsigned long long)n, why);
    failures++;
}

static clqnn_status probe(const char *folder, verdicts *found)
{
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = folder};
    clqnn_context *context = NULL;
    clqnn_capability list[MOST_CAPABILITIES];
    *found = (verdicts){0};
    clqnn_status status = clqnn_context_create(&desc, &context);
    if (status == CLQNN_OK) status = clqnn_context_capabilities(context, list, MOST_CAPABILITIES, &found->count);
    for (size_t i = 0; i < found->count && i < MOST_CAPABILITIES; i++) {
        found->available[i] = list[i].available;
        (void)snprintf(found->text[i], sizeof found->text[i], "%s", list[i].verdict);
    }
    clqnn_context_release(context);
    return status;
}

static int total(const verdicts *found)
{
    int sum = 0;
    for (size_t i = 0; i < found->count; i++) sum += found->available[i];
    return sum;
}

static bool is_subset(const verdicts *some, const verdicts *all)
{
    for (size_t i = 0; i < some->count; i++) {
        if (some->available[i] && !all->available[i]) return false;
    }
    return some->count == all->count;
}

typedef struct arming {
    const clq_layer_control *layer;
    bool on_host, onward;
    const char *name;
} arming;

static void arm(const arming *how, uint64_t n)
{
    if (how->on_host) clq_host_fail_at(n, how->onward);
    else how->layer->fail_at(n, how->onward);
}

static bool has_failed(const arming *how)
{
    return how->on_host ? clq_host_has_failed() : how->layer->failed_entry(NULL) != NULL;
}

/* False when nothing failed. Counts contexts that were made with fewer capabilities. */
static bool try_nth(const arming *how, uint64_t n, const char *folder, const verdicts *all, unsigned *fewer)
{
    verdicts found, later;
    clq_folder_empty(folder);
    const clq_holdings before = clq_holdings_read(how->layer);
    arm(how, n);
    const clqnn_status status = probe(folder, &found);
    arm(how, 0);
    if (!clq_holdings_same(how->layer, &before, how->name)) failures++;
    if (!has_failed(how)) return false;
    if (status != CLQNN_OK && !clqnn_last_error()[0]) complain(how->name, n, "a failure without a message");
    if (status != CLQNN_OK) return true;
    if (!is_subset(&found, all)) complain(how->name, n, "capabilities that the device does not have");
    if (total(&found) < total(all)) ++*fewer;
    if (probe(folder, &later) != CLQNN_OK) complain(how->name, n, clqnn_last_error());
    else if (memcmp(&later, all, sizeof later) != 0) complain(how->name, n, "the next context has other verdicts: a passing failure was kept");
    return true;
}

static void try_all(const arming *how, const char *folder, const verdicts *all, bool expects_fewer)
{
    unsigned fewer = 0;
    uint64_t n = 1;
    while (try_nth(how, n, folder, all, &fewer)) n++;
    (void)printf("%s: %llu, %u of them left fewer than %d capabilities\n", how->name, (unsigned long long)n - 1, fewer, total(all));
    if (expects_fewer && fewer == 0) complain(how->name, n, "no failure cost a capability: the probes were not reached");
}

/* A refusal by the compiler is a verdict: it stays when the compiler would agree later. */
static void try_refusal(const clq_layer_control *layer, const char *folder, const verdicts *all)
{
    verdicts refused, later;
    clq_folder_empty(folder);
    layer->fail_entry("clBuildProgram", CL_BUILD_PROGRAM_FAILURE);
    const clqnn_status status = probe(folder, &refused);
    layer->fail_entry(NULL, CL_SUCCESS);
    if (status != CLQNN_OK || total(&refused) >= total(all)) complain("refusal", 1, "the context should have fewer capabilities");
    if (probe(folder, &later) != CLQNN_OK || memcmp(&later, &refused, sizeof later) != 0) complain("refusal", 2, "the compiler's refusal was not kept");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fprintf(stderr, "usage: probe_failure_test FOLDER\n");
        return 2;
    }
    const clq_layer_control *layer = NULL;
    const int absent = clq_layer_open(&layer);
    if (absent) return absent;
    verdicts all;
    clq_folder_empty(argv[1]);
    if (probe(argv[1], &all) != CLQNN_OK) {
        (void)fprintf(stderr, "no context without a failure: %s\n", clqnn_last_error());
        return 1;
    }
    try_all(&(arming){layer, false, false, "OpenCL calls"}, argv[1], &all, true);
    try_all(&(arming){layer, false, true, "OpenCL calls and all that follow"}, argv[1], &all, true);
    try_all(&(arming){layer, true, false, "host allocations"}, argv[1], &all, true);
    try_refusal(layer, argv[1], &all);
    (void)printf("%u failures\n", failures);
    return failures ? 1 : 0;
}
