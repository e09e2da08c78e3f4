/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_state.h"

#include <pthread.h>
#include <stddef.h>
#include <string.h>

#define MOST_OBJECTS 4096   /* alive at once; tests hold some dozens */

typedef struct live_object {
    const void *handle;
    clq_layer_kind kind;
    int64_t references;
} live_object;

static struct {
    pthread_mutex_t lock;
    live_object objects[MOST_OBJECTS];
    size_t object_count;
    clq_layer_counters counters;
    uint64_t seen, fail_at;      /* calls since fail_at was set */
    bool onward;
    const char *entry;           /* of fail_entry */
    cl_int entry_code;
    const char *failed;
    cl_int failed_code;
} state = {.lock = PTHREAD_MUTEX_INITIALIZER};

cl_int clq_layer_pass(const char *entry, cl_int code)
{
    pthread_mutex_lock(&state.lock);
    state.counters.fallible++;
    state.seen++;
    cl_int fate = CL_SUCCESS;
    if (state.fail_at && (state.onward ? state.seen >= state.fail_at : state.seen == state.fail_at)) fate = code;
    if (state.entry && strcmp(entry, state.entry) == 0) fate = state.entry_code;
    if (fate != CL_SUCCESS && !state.failed) {
        state.failed = entry;
        state.failed_code = fate;
    }
    pthread_mutex_unlock(&state.lock);
    return fate;
}

void clq_layer_note(clq_layer_effect effect)
{
    pthread_mutex_lock(&state.lock);
    if (effect == CLQ_LAYER_BUILDS) state.counters.builds++;
    if (effect == CLQ_LAYER_BLOCKS) state.counters.blocking++;
    pthread_mutex_unlock(&state.lock);
}

static live_object *find(clq_layer_kind kind, const void *handle)
{
    for (size_t i = state.object_count; i-- > 0;) {
        if (state.objects[i].handle == handle && state.objects[i].kind == kind) return &state.objects[i];
    }
    return NULL;
}

/* Objects beyond MOST_OBJECTS are not remembered, so that their release is counted as a stray one. */
void clq_layer_created(clq_layer_kind kind, const void *object)
{
    if (!object) return;
    pthread_mutex_lock(&state.lock);
    state.counters.created[kind]++;
    if (state.object_count < MOST_OBJECTS) {
        state.objects[state.object_count++] = (live_object){object, kind, 1};
        state.counters.references[kind]++;
    }
    pthread_mutex_unlock(&state.lock);
}

void clq_layer_retained(clq_layer_kind kind, const void *object)
{
    pthread_mutex_lock(&state.lock);
    live_object *live = find(kind, object);
    if (live) {
        live->references++;
        state.counters.references[kind]++;
    }
    pthread_mutex_unlock(&state.lock);
}

bool clq_layer_released(clq_layer_kind kind, const void *object)
{
    pthread_mutex_lock(&state.lock);
    live_object *live = find(kind, object);
    const bool is_alive = live != NULL;
    if (is_alive) {
        state.counters.references[kind]--;
        if (--live->references == 0) *live = state.objects[--state.object_count];
    } else {
        state.counters.stray_releases++;
    }
    pthread_mutex_unlock(&state.lock);
    return is_alive;
}

void clq_layer_read(clq_layer_counters *counters)
{
    pthread_mutex_lock(&state.lock);
    *counters = state.counters;
    pthread_mutex_unlock(&state.lock);
}

void clq_layer_fail_at(uint64_t n, bool onward)
{
    pthread_mutex_lock(&state.lock);
    state.seen = 0;
    state.fail_at = n;
    state.onward = onward;
    if (n) state.failed = NULL;
    pthread_mutex_unlock(&state.lock);
}

void clq_layer_fail_entry(const char *entry, cl_int code)
{
    pthread_mutex_lock(&state.lock);
    state.entry = entry;
    state.entry_code = code;
    if (entry) state.failed = NULL;
    pthread_mutex_unlock(&state.lock);
}

const char *clq_layer_failed_entry(cl_int *code)
{
    pthread_mutex_lock(&state.lock);
    const char *entry = state.failed;
    if (code) *code = state.failed_code;
    pthread_mutex_unlock(&state.lock);
    return entry;
}
