/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn bench: what is timed. How is in bench/, how it is printed in bench_table.c. */
#include <stdio.h>
#include <string.h>

#include "bench_table.h"
#include "report_output.h"
#include "subcommand.h"
#include "suite_sequence.h"
#include "variant_list.h"

typedef struct bench_words {
    const char *suite, *op, *shape, *types, *variant, *peer;
    double seconds;
    bool rotate;
} bench_words;

static bool add_suite(const bench_words *words, clq_bench_op op, const clq_gemm_types *only, clq_suite *suite, char *message, size_t size)
{
    clq_suite all;
    const char *const name = words->suite != NULL ? words->suite : op == CLQ_BENCH_CONV ? "resnet50" : clq_bench_is_operator(op) ? "operators" : "square";
    if (!clq_suite_load(name, op, &all, message, size)) return false;
    bool added = true;
    for (size_t i = 0; added && i < all.count; i++) {
        const clq_suite_row *const row = &all.rows[i];
        if (words->types != NULL && !clq_gemm_types_equal(&row->types, only)) continue;
        added = clq_suite_add(suite, row);
    }
    clq_suite_free(&all);
    if (added && suite->count == 0) snprintf(message, size, "--types: the suite has no shape of types \"%s\"", words->types);
    if (!added) snprintf(message, size, "not enough host memory");
    return added && suite->count > 0;
}

/* What the words ask for. False with the reason. */
static bool select_rows(const bench_words *words, clq_suite *suite, char *message, size_t size)
{
    clq_suite_row row = { .rotate = words->rotate, .repeat = 1 };
    clq_bench_op op = CLQ_BENCH_ANY;
    if (!clq_bench_op_parse(words->op, &op)) {
        size_t used = (size_t)snprintf(message, size, "unknown operator \"%s\" (this version has:", words->op);
        for (op = CLQ_BENCH_GEMM; op < CLQ_BENCH_OP_COUNT && used < size; op++) {
            used += (size_t)snprintf(message + used, size - used, " %s%s", clq_bench_op_name(op), op + 1 < CLQ_BENCH_OP_COUNT ? "," : ")");
        }
        return false;
    }
    if (!clq_bench_types_parse(words->types, op, &row.types, message, size)) return false;
    if (words->shape == NULL) return add_suite(words, op, &row.types, suite, message, size);
    if (words->suite != NULL) {
        snprintf(message, size, "--suite and --shape exclude each other");
        return false;
    }
    if (!clq_bench_shape_parse(words->shape, op, &row.shape, message, size)) return false;
    if (words->rotate && row.shape.op != CLQ_BENCH_GEMM) {
        snprintf(message, size, "--rotate is for gemm, not for %s", clq_bench_op_name(row.shape.op));
        return false;
    }
    if (row.shape.op == CLQ_BENCH_GEMM && (row.shape.gemm.m == 0 || row.shape.gemm.n == 0 || row.shape.gemm.k == 0)) {
        snprintf(message, size, "bad shape \"%s\" (nothing to time in a dimension of 0)", words->shape);
        return false;
    }
    if (clq_suite_add(suite, &row)) return true;
    snprintf(message, size, "not enough host memory");
    return false;
}

/* A network's convolutions once more, as one sequence. */
static int measure_sequence(clq_output *output, clq_bench_session *session, const clq_suite *suite, const clq_bench_options *options)
{
    char message[512];
    for (size_t i = 0; i < suite->count; i++) {
        if (suite->rows[i].shape.op != CLQ_BENCH_CONV) return CLQ_EXIT_HELD;
    }
    clq_progress(output, "all layers in one sequence");
    if (clq_suite_sequence_measure(session->context, suite, options->variant, options->seconds, &session->sequence_ns, message, sizeof message)) return CLQ_EXIT_HELD;
    clq_print_always(output, "all layers in one sequence: %s\n", message);
    return CLQ_EXIT_FAILED;
}

/* Layers of a network, or operators without weights alone. */
static void characterise(clq_bench_session *session, const clq_suite *suite)
{
    session->operators = true;
    for (size_t i = 0; i < suite->count; i++) {
        const clq_suite_row *const row = &suite->rows[i];
        session->network = session->network || row->shape.op == CLQ_BENCH_CONV || row->repeat != 1;
        session->operators = session->operators && clq_bench_is_operator(row->shape.op);
    }
}

static int measure(clq_output *output, clq_bench_session *session, const clq_suite *suite, const clq_bench_options *options)
{
    int status = CLQ_EXIT_HELD;
    characterise(session, suite);
    clq_bench_table_heading(output, session);
    for (size_t i = 0; i < suite->count; i++) {
        char shape[192];
        clq_bench_row row;
        clq_progress(output, "%zu of %zu: %s", i + 1, suite->count, clq_bench_shape_print(&suite->rows[i].shape, shape, sizeof shape));
        clq_bench_row_measure(session->context, &suite->rows[i], options, &session->peers, &row);
        clq_bench_table_row(output, session, &suite->rows[i], &row);
        if (row.state != CLQ_ROW_TIMED && (row.state != CLQ_ROW_REFUSED || options->variant == NULL)) status = CLQ_EXIT_FAILED;
    }
    if (suite->count > 1 && session->network && session->rows == suite->count) status = measure_sequence(output, session, suite, options);
    clq_bench_table_footing(output, session);
    return session->rows > 0 ? status : CLQ_EXIT_FAILED;
}

/* The peers that are asked for. Without a word, convolutions alone are not compared with libraries that have products only, and operators without
 * weights with none. */
static const char *peers_for(const bench_words *words, const clq_suite *suite)
{
    bool products = false, convolutions = false;
    for (size_t i = 0; i < suite->count; i++) {
        products = products || suite->rows[i].shape.op == CLQ_BENCH_GEMM;
        convolutions = convolutions || suite->rows[i].shape.op == CLQ_BENCH_CONV;
    }
    return words->peer != NULL || products ? words->peer : convolutions ? "onednn,onnxruntime" : "none";
}

static int bench(const clq_globals *globals, const bench_words *words, const clq_suite *suite)
{
    int status = CLQ_EXIT_HELD;
    char message[256];
    clq_bench_session session = { .context = clq_open_context(globals, &status) };
    if (session.context == NULL) return status;
    clqnn_context_device(session.context, &session.device);
    session.threads = (int)session.device.compute_units;
    /* the device's threads exist before a peer's: a peer may bind this thread to a core, which threads made later would inherit */
    clq_device_peak_measure(session.context, &session.peak);
    if (!clq_peer_set_open(peers_for(words, suite), session.device.is_cpu ? session.threads : clq_online_cpus(), &session.peers, message,
                           sizeof message)) {
        status = clq_bad_usage("bench", "%s", message);
    } else {
        const clq_bench_options options = { .variant = words->variant, .seconds = words->seconds };
        clq_output output = clq_output_open(globals);
        status = clq_output_close(&output, measure(&output, &session, suite, &options));
    }
    clq_peer_set_close(&session.peers);
    clqnn_context_release(session.context);
    return status;
}

static int run(clq_globals *globals, int argc, char **argv)
{
    bench_words words = { .seconds = 0.5 };
    const clq_option options[] = {
        { "--suite", CLQ_OPTION_TEXT, &words.suite, "S|FILE",
          "square, bert, resnet50, llama, half, weight_only, mobilenet_v2, operators, or a file of lines [OP] SHAPE TYPES [rotate] [xN] (default: square; of --op conv: "
          "resnet50; of operators without weights: operators)" },
        { "--op", CLQ_OPTION_TEXT, &words.op, "OP", "only this operator: gemm, conv, add, pool, ..." },
        { "--shape", CLQ_OPTION_TEXT, &words.shape, "SHAPE", "one shape instead of a suite: 128x768x768, 8:128x768x64, ic64_ih56_oc64_kh3_ph1; with --op pool 1x112x112x64:k3:s2:p1" },
        { "--types", CLQ_OPTION_TEXT, &words.types, "T", "of --shape (default: u8s8u8; of operators without weights u8u8, f32u8 or u8f32); of a suite: only its shapes of these types" },
        { "--rotate", CLQ_OPTION_FLAG, &words.rotate, NULL, "with --shape: weights from memory, rotated over at least 512 MiB" },
        { "--variant", CLQ_OPTION_TEXT, &words.variant, "V", "this variant instead of the library's choice" },
        { "--peer", CLQ_OPTION_TEXT, &words.peer, "P,P", "onednn, onnxruntime, openblas, clblast, reference, or none (default: the first three)" },
        { "--min-time", CLQ_OPTION_SECONDS, &words.seconds, "S", "seconds of measurement for each shape and each peer (default: 0.5)" },
    };
    clq_command_line line = { .globals = globals, .options = options, .option_count = sizeof options / sizeof *options };
    int status = CLQ_EXIT_HELD;
    char message[512];
    clq_suite suite = { .rows = NULL };
    if (!clq_subcommand_parse(&clq_bench_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("bench", "unexpected word \"%s\"", line.positionals[0]);
    if (!clq_peer_names_known(words.peer, message, sizeof message)) return clq_bad_usage("bench", "--peer: %s", message);
    if (words.variant != NULL && clq_variant_operator(NULL, words.variant) == NULL) {
        return clq_bad_usage("bench", "unknown variant \"%s\" (clqnn list names them)", words.variant);
    }
    if (select_rows(&words, &suite, message, sizeof message)) {
        status = bench(globals, &words, &suite);
    } else {
        status = clq_bad_usage("bench", "%s", message);
    }
    clq_suite_free(&suite);
    return status;
}

const clq_subcommand clq_bench_command = { "bench", "bench [--suite S|FILE] [--op OP] [--shape SHAPE] [--types T] [--variant V] [--peer P,P..] [--min-time S] [OPTIONS]",
                                           "times the library beside its peers; every result is verified before it is timed", run };
