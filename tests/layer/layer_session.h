/* SPDX-License-Identifier: Apache-2.0 */
/* The test program's side of the layer: finding it, and comparing what is alive before and after. */
#ifndef CLQ_LAYER_SESSION_H
#define CLQ_LAYER_SESSION_H

#include "host_allocations.h"
#include "layer_control.h"

#define CLQ_LAYER_SKIPPED 77

typedef struct clq_holdings {
    clq_layer_counters opencl;
    clq_host_counters host;
} clq_holdings;

/* Finds the layer that the loader took from OPENCL_LAYERS and unsets CLQNN_CACHE_DIR, so that descriptors decide. Returns 0, or the status to leave with
 * after saying why: CLQ_LAYER_SKIPPED where the loader knows no layers or no device is installed. */
int clq_layer_open(const clq_layer_control **layer);

clq_holdings clq_holdings_read(const clq_layer_control *layer);

/* Whether exactly as much is alive as before and nothing was released twice; else prints the differences after `what`. */
bool clq_holdings_same(const clq_layer_control *layer, const clq_holdings *before, const char *what);

/* Deletes the files of a flat folder, which is made if it is absent. */
void clq_folder_empty(const char *folder);

/* Links each file of the flat folder `from` into `to`, which holds none of that name. False, having said so, if one cannot be. */
bool clq_folder_link(const char *from, const char *to);

#endif
