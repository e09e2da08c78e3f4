/* SPDX-License-Identifier: Apache-2.0 */
/* For LD_PRELOAD: sequences that go wrong, as CLQNN_FALSIFY_SEQUENCE says. "nothing": an enqueue does nothing and succeeds. "equal", "mixed": one byte of
 * the last step's output is changed after each run of a sequence whose first and last step have the same plan, or different ones. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "clqnn/sequence.h"

enum { PLACE = 7 };

typedef clqnn_status (*create_function)(clqnn_context *, const clqnn_step *, size_t, clqnn_sequence **);
typedef clqnn_status (*enqueue_function)(clqnn_sequence *, struct _cl_command_queue *, uint32_t, struct _cl_event *const *, struct _cl_event **);

/* Of the sequence that was made last: the command has one at a time. */
static struct { clqnn_context *context; struct _cl_mem *output; bool mixed; } made;

static bool asked_for(const char *what)
{
    const char *const wanted = getenv("CLQNN_FALSIFY_SEQUENCE");
    return wanted && strcmp(wanted, what) == 0;
}

CLQNN_API clqnn_status clqnn_sequence_create(clqnn_context *context, const clqnn_step *steps, size_t count, clqnn_sequence **sequence)
{
    create_function original = NULL;
    void *const symbol = dlsym(RTLD_NEXT, "clqnn_sequence_create");
    memcpy(&original, &symbol, sizeof original);
    const clqnn_step *const last = &steps[count - 1];
    made.context = context;
    made.output = last->gemm ? last->gemm_args->c.memory : last->conv_args->y.memory;
    made.mixed = steps->gemm != last->gemm || steps->conv != last->conv;
    return original(context, steps, count, sequence);
}

CLQNN_API clqnn_status clqnn_sequence_enqueue(clqnn_sequence *sequence, struct _cl_command_queue *queue, uint32_t wait_count, struct _cl_event *const *wait,
                                              struct _cl_event **event)
{
    enqueue_function original = NULL;
    void *const symbol = dlsym(RTLD_NEXT, "clqnn_sequence_enqueue");
    unsigned char byte = 0;
    memcpy(&original, &symbol, sizeof original);
    if (asked_for("nothing")) return CLQNN_OK;
    clqnn_status status = original(sequence, queue, wait_count, wait, event);
    if (status != CLQNN_OK || !asked_for(made.mixed ? "mixed" : "equal")) return status;
    status = clqnn_download(made.context, made.output, PLACE, &byte, 1);
    byte ^= 0x55;
    return status == CLQNN_OK ? clqnn_upload(made.context, made.output, PLACE, &byte, 1) : status;
}
