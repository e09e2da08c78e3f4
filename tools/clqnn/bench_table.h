/* SPDX-License-Identifier: Apache-2.0 */
/* How a benchmark is printed: a table for people, an array for programs (docs/cli.md). */
#ifndef CLQ_BENCH_TABLE_H
#define CLQ_BENCH_TABLE_H

#include "bench_row.h"
#include "device_peak.h"
#include "report_output.h"

/* The library's times beside a peer's. */
typedef enum clq_bench_form { CLQ_PIPELINED, CLQ_SEQUENCE, CLQ_FORM_COUNT } clq_bench_form;

/* Layers of a network: each row's time as often as the network has it, in ns, of the rows where both were timed; and how the ratios lie. */
typedef struct clq_network_sum {
    double library, peer;
    double log_ratio, least_ratio;  /* least: of rows that take the peer 25 us or more; 0: none */
    double least_short_ratio;       /* of the others, pipelined by the kernel's own time; 0: none */
    size_t rows;
} clq_network_sum;

/* One run of the benchmark, and the sums behind its last line. */
typedef struct clq_bench_session {
    clqnn_context *context;
    clqnn_device_info device;
    int threads;
    clq_device_peak peak;
    clq_peer_set peers;
    size_t rows;                         /* timed */
    bool network;                        /* the rows are a network's layers: some has a repeat count, or all are convolutions */
    bool operators;                      /* all rows are operators without weights: GB/s and the share of a copy stand where others have GOPS and peak */
    double log_ratio[CLQ_FORM_COUNT][CLQ_MAX_PEERS]; /* sums of log(peer's pipelined time / library's time) */
    size_t ratio_count[CLQ_FORM_COUNT][CLQ_MAX_PEERS];
    size_t sequences, joined;            /* rows that were timed as a sequence, and those whose calls shared launches */
    size_t disturbed;                    /* ratios left out of the means */
    double log_share;                    /* sum of log(GOPS / peak), of operators of log(GB/s / copy) */
    double sequence_ns;                  /* all layers of a network in one sequence; 0: not measured */
    clq_network_sum sums[CLQ_FORM_COUNT][CLQ_MAX_PEERS + 1]; /* beside each peer, and beside the best of them */
} clq_bench_session;

void clq_bench_table_heading(clq_output *output, const clq_bench_session *session);
void clq_bench_table_row(clq_output *output, clq_bench_session *session, const clq_suite_row *what, const clq_bench_row *row);
void clq_bench_table_footing(clq_output *output, const clq_bench_session *session);

#endif
