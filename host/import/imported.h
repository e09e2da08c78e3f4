/* SPDX-License-Identifier: Apache-2.0 */
/* The object that importers fill. An importer checks its descriptor, creates the object of the right shape, writes codes and arrays, and seals it. */
#ifndef CLQ_IMPORTED_H
#define CLQ_IMPORTED_H

#include <stdbool.h>

#include "clqnn/import.h"

struct clqnn_imported {
    clqnn_type type;
    int32_t width;                /* bits of a code */
    bool transposed;
    int64_t n, k;
    int64_t size, group_count;    /* rows of k in a group, and groups */
    uint8_t *codes;               /* zero at first, with CLQ_CODES_SLACK bytes behind code_bytes */
    uint64_t code_bytes;
    clqnn_type scale_type, zero_point_type;
    void *scales, *zero_points, *offsets; /* the last two may be NULL */
    int32_t *index;               /* or NULL */
};

typedef struct clq_imported_shape {
    clqnn_type type;
    bool transposed;
    int64_t n, k, size;           /* valid: 1 or more, size at most k */
    clqnn_type scale_type;
    clqnn_type zero_point_type;   /* NONE: no zero points */
    bool has_offsets, has_index;
} clq_imported_shape;

/* CLQNN_INVALID_SHAPE where bytes go beyond 2^63-1, CLQNN_OUT_OF_MEMORY. *imported is NULL then. */
clqnn_status clq_imported_create(const clq_imported_shape *shape, clqnn_imported **imported);

/* Zero points that all are half of the range of unsigned codes become signed codes without zero points: the same differences, and less to read. */
void clq_imported_drop_middle_zero_points(clqnn_imported *imported);

/* Unsigned codes become signed ones, q - 2^(width-1). */
void clq_imported_make_signed(clqnn_imported *imported);

/* The last step of every importer: returns the object, or destroys it and returns `status`. */
clqnn_status clq_imported_return(clqnn_status status, clqnn_imported *made, clqnn_imported **imported);

/* The unsigned and the signed type of so many bits: 2, 3, 4, 6, 8. */
clqnn_type clq_unsigned_codes(int32_t bits);
clqnn_type clq_signed_codes(int32_t bits);

#endif
