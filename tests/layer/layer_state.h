/* SPDX-License-Identifier: Apache-2.0 */
/* The layer's memory: which objects are alive, what was called, what is to fail. Thread-safe. */
#ifndef CLQ_LAYER_STATE_H
#define CLQ_LAYER_STATE_H

#include "layer_control.h"

typedef enum clq_layer_effect { CLQ_LAYER_QUERIES, CLQ_LAYER_BUILDS, CLQ_LAYER_BLOCKS } clq_layer_effect;

/* Counts a fallible call and decides its fate: CL_SUCCESS to go on, else the code to return; `code` is what this entry point would plausibly say. */
cl_int clq_layer_pass(const char *entry, cl_int code);

void clq_layer_note(clq_layer_effect effect);

/* A reference was made by creation (NULL is ignored), made by a retain, dropped by a release. The last is false for an object that is not alive. */
void clq_layer_created(clq_layer_kind kind, const void *object);
void clq_layer_retained(clq_layer_kind kind, const void *object);
bool clq_layer_released(clq_layer_kind kind, const void *object);

void clq_layer_read(clq_layer_counters *counters);
void clq_layer_fail_at(uint64_t n, bool onward);
void clq_layer_fail_entry(const char *entry, cl_int code);
const char *clq_layer_failed_entry(cl_int *code);

#endif
