/* SPDX-License-Identifier: Apache-2.0 */
/* How a launch is cut. */
#ifndef CLQ_GEOMETRY_H
#define CLQ_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct clq_geometry {
    size_t global[3], local[3];   /* local[0] = 0: the runtime chooses */
} clq_geometry;

/* How a launch is cut where the threads of a CPU share it (kernels/cl/launch/shares.cl). */
typedef struct clq_units {
    int32_t blocks[3];            /* of rows, of columns, batches */
    bool rows_first;              /* neighbouring units are neighbouring blocks of rows */
} clq_units;

#endif
