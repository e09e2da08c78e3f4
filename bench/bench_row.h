/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a benchmark: a shape, verified once, then timed in blocks that alternate with its peers'; verified again after each block as a sequence. */
#ifndef CLQ_BENCH_ROW_H
#define CLQ_BENCH_ROW_H

#include "peer_set.h"
#include "suite.h"

typedef struct clq_timing {
    bool measured;
    double ns_min, ns_median, ns_pipelined;
    size_t runs;
    bool disturbed;           /* ns_pipelined is far above ns_min after all rounds: another process had the cores */
} clq_timing;

typedef enum clq_agreement { CLQ_AGREES, CLQ_DISAGREES, CLQ_NOT_COMPARED } clq_agreement;

typedef struct clq_peer_row {
    clq_timing timing;
    clq_agreement agreement; /* of its result with the library's */
    char reason[256];        /* why it was not measured */
} clq_peer_row;

typedef enum clq_row_state { CLQ_ROW_TIMED, CLQ_ROW_WRONG, CLQ_ROW_REFUSED, CLQ_ROW_BROKEN } clq_row_state;

typedef struct clq_bench_row {
    clq_row_state state;
    const char *variant;      /* static; NULL if refused */
    clq_timing timing;
    double ns_sequence;       /* the least time of one of `sequence_calls` equal calls in one clqnn_sequence; 0: the operator has no such form here */
    size_t sequence_calls, sequence_joined; /* its steps, and how many of them shared a launch */
    double ns_repeated;       /* the least time of one image of a convolution repeated over many images in one launch; 0: not measured */
    double operations, bytes; /* bytes: a, b and c once; of weights with groups as they are packed */
    bool floats;              /* a product of floats: its peak is that of binary32 multiply-adds */
    double counts;            /* of a product of bits: pairs of words counted for each pair of values; its peak is that of counting, divided by this; else 0 */
    double read_gbs;          /* of a row that rotates: the device's memory read, the better of before and after; else 0 */
    double copy_gbs;          /* of an operator without weights: a plain copy, read and written bytes, the better of before and after; else 0 */
    size_t copies;            /* of the weights, over which the calls rotated; 1: none */
    uint64_t packed_bytes;
    clq_peer_row peers[CLQ_MAX_PEERS]; /* as in the set */
    char message[512];        /* for every state but TIMED */
} clq_bench_row;

typedef struct clq_bench_options {
    const char *variant;      /* NULL: the library's choice */
    double seconds;           /* of measurement for the library and for each peer */
} clq_bench_options;

void clq_bench_row_measure(clqnn_context *context, const clq_suite_row *what, const clq_bench_options *options, const clq_peer_set *peers, clq_bench_row *row);

#endif
