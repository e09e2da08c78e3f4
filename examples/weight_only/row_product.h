/* SPDX-License-Identifier: Apache-2.0 */
/* One row of f32 by packed weights, as a decoder's layer multiplies a token. */
#ifndef WEIGHT_ONLY_ROW_PRODUCT_H
#define WEIGHT_ONLY_ROW_PRODUCT_H

#include <clqnn/clqnn.h>

typedef struct row_product_report {
    const char *variant, *layout;   /* static */
    uint64_t packed_bytes;
    double pack_seconds;            /* from the imported codes to the device */
    double call_seconds;            /* the least of `calls` calls, each enqueued and waited for */
} row_product_report;

/* c[n] = a[k] * w. On failure the step that failed is in `step`, the reason in clqnn_last_error(). */
clqnn_status row_product_run(clqnn_context *context, const clqnn_imported_info *weights, const float *a, int calls, float *c, row_product_report *report,
                             const char **step);

#endif
