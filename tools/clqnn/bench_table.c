/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_table.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const double shortest_compared_ns = 25e3;

static double gops_of(const clq_bench_row *row) { return row->timing.ns_min > 0.0 ? row->operations / row->timing.ns_min : 0.0; }

static double gbs_of(const clq_bench_row *row) { return row->timing.ns_pipelined > 0.0 ? row->bytes / row->timing.ns_pipelined : 0.0; }

/* 0: not timed in this form. */
static double time_of(const clq_bench_row *row, clq_bench_form form) { return form == CLQ_SEQUENCE ? row->ns_sequence : row->timing.ns_pipelined; }

static double peak_of(const clq_bench_session *session, const clq_bench_row *row)
{
    if (row->counts > 0.0) return session->peak.bit_gops / row->counts;
    return row->floats ? session->peak.float_gops : session->peak.gops;
}

static const char *peak_instruction_of(const clq_bench_session *session, const clq_bench_row *row)
{
    return row->counts > 0.0 ? session->peak.bit_instruction : row->floats ? session->peak.float_instruction : session->peak.instruction;
}

/* The part of what the device can do: of its peak, or of a copy's bytes. 0: not known. */
static double share_of(const clq_bench_session *session, const clq_bench_row *row)
{
    if (row->copy_gbs > 0.0) return gbs_of(row) / row->copy_gbs;
    const double peak = peak_of(session, row);
    return peak > 0.0 ? gops_of(row) / peak : 0.0;
}

static void print_peers(clq_output *output, const clq_bench_session *session)
{
    for (size_t i = 0; i < session->peers.count; i++) {
        const clq_peer_slot *const slot = &session->peers.slots[i];
        if (slot->peer == NULL) {
            clq_print(output, "peer %s: absent: %s\n", slot->name, slot->reason);
            continue;
        }
        const char *const kernels = slot->peer->kernels(), *const warning = slot->peer->warning();
        clq_print(output, "peer %s %s%s%s\n", slot->name, slot->peer->version(), kernels[0] ? ", " : "", kernels);
        if (warning != NULL) clq_print_always(output, "%s peer %s: %s\n", clq_coloured(output, "warning:", 'y'), slot->name, warning);
    }
}

static int shape_width(const clq_bench_session *session) { return session->network ? 64 : session->operators ? 46 : 18; }

void clq_bench_table_heading(clq_output *output, const clq_bench_session *session)
{
    clq_print(output, "%s, %s, %d threads\n", session->device.name, session->device.driver, session->threads);
    clq_print(output, "measured peak %.1f GOPS (%s), of floats %.1f GFLOPS (%s), of bits %.1f GOPS (%s), memory read %.1f GB/s\n", session->peak.gops,
              session->peak.instruction, session->peak.float_gops, session->peak.float_instruction, session->peak.bit_gops, session->peak.bit_instruction,
              session->peak.read_gbs);
    print_peers(output, session);
    if (session->network) {
        clq_print(output,
                  "kernel: us of one image of a short layer, repeated over many images in one launch. x: how often the network has the layer.\n");
    }
    if (session->operators) {
        clq_print(output, "GB/s: bytes of inputs and output by the pipelined time. copy%%: of the bytes a second that a plain copy of 64 MiB reads and writes, measured\n"
                          "before and after each row; tensors that fit a cache are faster than that.\n");
    }
    clq_print(output, "us: one call until finished, least and median; pipelined: many calls, one wait. GOPS, %% of the peak: of the least. A peer's column: its pipelined\n"
                      "time / the library's, above 1 the library is faster. rd%%: bytes / time in %% of memory read, measured beside it, where weights are rotated.\n"
                      "~: another process took the cores while one of the two was measured; such a ratio is left out of the mean.\n");
    if (!session->operators) {
        clq_print(output, "sequence: a call of one clqnn_sequence of 4 to 64 equal calls, verified again. seq, behind a peer: its pipelined time / that one; peers\n"
                          "have no such form.\n");
    }
    clq_print(output, "\n%*s %-14s %-26s %10s %10s %10s", -shape_width(session), "shape", "types", "variant", "us min", "us median", "pipelined");
    if (!session->operators) clq_print(output, " %10s", "sequence");
    clq_print(output, " %8s %6s ", session->operators ? "GB/s" : "GOPS", session->operators ? "copy%" : "peak%");
    clq_print(output, session->network ? "%8s" : "%4s", session->network ? "kernel" : "rd%");
    for (size_t i = 0; i < session->peers.count; i++) {
        if (session->peers.slots[i].peer != NULL) clq_print(output, session->operators ? " %11s" : " %11s   seq", session->peers.slots[i].name);
    }
    clq_print(output, "\n");
}

static void print_times(clq_output *output, const clq_bench_session *session, const clq_bench_row *row)
{
    clq_print(output, " %10.1f %10.1f %10.1f", row->timing.ns_min * 1e-3, row->timing.ns_median * 1e-3, row->timing.ns_pipelined * 1e-3);
    if (row->ns_sequence > 0.0) {
        clq_print(output, " %10.1f", row->ns_sequence * 1e-3);
    } else if (!session->operators) {
        clq_print(output, " %10s", "-");
    }
    clq_print(output, " %8.1f", session->operators ? gbs_of(row) : gops_of(row));
    if (share_of(session, row) > 0.0) {
        clq_print(output, " %6.1f", share_of(session, row) * 100.0);
    } else {
        clq_print(output, " %6s", "-");
    }
    if (session->network && row->ns_repeated > 0.0) {
        clq_print(output, " %8.1f", row->ns_repeated * 1e-3);
    } else if (session->network) {
        clq_print(output, " %8s", "-");
    } else if (row->read_gbs > 0.0) {
        clq_print(output, " %4.0f", row->bytes / row->timing.ns_pipelined / row->read_gbs * 100.0);
    } else {
        clq_print(output, " %4s", "-");
    }
}

static void print_ratios(clq_output *output, const clq_bench_session *session, const clq_bench_row *row)
{
    for (size_t i = 0; i < session->peers.count; i++) {
        if (session->peers.slots[i].peer == NULL) continue;
        const clq_peer_row *const peer = &row->peers[i];
        if (peer->timing.measured) {
            const bool disturbed = peer->timing.disturbed || row->timing.disturbed;
            clq_print(output, " %10.2f%s", peer->timing.ns_pipelined / row->timing.ns_pipelined,
                      peer->agreement == CLQ_DISAGREES ? "!" : disturbed ? "~" : " ");
        } else {
            clq_print(output, " %11s", "-");
        }
        if (peer->timing.measured && row->ns_sequence > 0.0) {
            clq_print(output, " %5.2f", peer->timing.ns_pipelined / row->ns_sequence);
        } else if (!session->operators) {
            clq_print(output, " %5s", "-");
        }
    }
    clq_print(output, "\n");
    for (size_t i = 0; i < session->peers.count; i++) {
        const clq_peer_slot *const slot = &session->peers.slots[i];
        if (slot->peer == NULL) continue;
        if (!row->peers[i].timing.measured) clq_print(output, "    %s: not measured: %s\n", slot->name, row->peers[i].reason);
        if (row->peers[i].agreement == CLQ_DISAGREES) clq_print_always(output, "    %s: its result differs from the library's\n", slot->name);
    }
}

static void add_timing(cJSON *object, const clq_timing *timing)
{
    cJSON_AddNumberToObject(object, "ns_min", timing->ns_min);
    cJSON_AddNumberToObject(object, "ns_median", timing->ns_median);
    cJSON_AddNumberToObject(object, "ns_pipelined", timing->ns_pipelined);
    cJSON_AddNumberToObject(object, "runs", (double)timing->runs);
    if (timing->disturbed) cJSON_AddBoolToObject(object, "disturbed", true);
}

static void json_peers(cJSON *object, const clq_bench_session *session, const clq_bench_row *row)
{
    cJSON *const peers = cJSON_AddObjectToObject(object, "peers"), *const absent = cJSON_AddObjectToObject(object, "peers_absent");
    for (size_t i = 0; i < session->peers.count; i++) {
        const clq_peer_slot *const slot = &session->peers.slots[i];
        const clq_peer_row *const peer = &row->peers[i];
        if (slot->peer == NULL || !peer->timing.measured) {
            cJSON_AddStringToObject(absent, slot->name, slot->peer == NULL ? slot->reason : peer->reason);
            continue;
        }
        cJSON *const entry = cJSON_AddObjectToObject(peers, slot->name);
        cJSON_AddStringToObject(entry, "version", slot->peer->version());
        cJSON_AddStringToObject(entry, "kernels", slot->peer->kernels());
        add_timing(entry, &peer->timing);
        if (peer->agreement != CLQ_NOT_COMPARED) cJSON_AddBoolToObject(entry, "agrees", peer->agreement == CLQ_AGREES);
        if (slot->peer->warning() != NULL) cJSON_AddStringToObject(entry, "warning", slot->peer->warning());
    }
}

static void json_row(clq_output *output, const clq_bench_session *session, const clq_suite_row *what, const clq_bench_row *row)
{
    char shape[192], types[CLQ_GEMM_TYPES_TEXT];
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return;
    clq_bench_shape_print(&what->shape, shape, sizeof shape);
    clq_bench_types_print(&what->types, types, sizeof types);
    cJSON_AddStringToObject(object, "op", clq_bench_op_name(what->shape.op));
    cJSON_AddStringToObject(object, "shape", shape);
    cJSON_AddStringToObject(object, "types", types);
    cJSON_AddStringToObject(object, "variant", row->variant != NULL ? row->variant : "");
    cJSON_AddStringToObject(object, "device", session->device.name);
    cJSON_AddStringToObject(object, "driver", session->device.driver);
    cJSON_AddNumberToObject(object, "threads", session->threads);
    cJSON_AddBoolToObject(object, "verified", row->state == CLQ_ROW_TIMED);
    cJSON_AddNumberToObject(object, "repeat", (double)what->repeat);
    cJSON_AddNumberToObject(object, "ops", row->operations);
    cJSON_AddNumberToObject(object, "bytes", row->bytes);
    if (row->state != CLQ_ROW_TIMED) {
        cJSON_AddStringToObject(object, "error", row->message);
        return;
    }
    add_timing(object, &row->timing);
    if (row->ns_sequence > 0.0) {
        cJSON_AddNumberToObject(object, "ns_sequence", row->ns_sequence);
        cJSON_AddNumberToObject(object, "sequence_calls", (double)row->sequence_calls);
        cJSON_AddNumberToObject(object, "sequence_joined", (double)row->sequence_joined);
    }
    if (row->ns_repeated > 0.0) cJSON_AddNumberToObject(object, "ns_repeated", row->ns_repeated);
    cJSON_AddNumberToObject(object, "gops", gops_of(row));
    cJSON_AddNumberToObject(object, "peak_gops", peak_of(session, row));
    cJSON_AddStringToObject(object, "peak_instruction", peak_instruction_of(session, row));
    cJSON_AddNumberToObject(object, "gbs", gbs_of(row));
    if (row->copy_gbs > 0.0) cJSON_AddNumberToObject(object, "copy_gbs", row->copy_gbs);
    cJSON_AddNumberToObject(object, "read_gbs", row->read_gbs > 0.0 ? row->read_gbs : session->peak.read_gbs);
    cJSON_AddNumberToObject(object, "packed_bytes", (double)row->packed_bytes);
    cJSON_AddNumberToObject(object, "rotated", row->copies > 1 ? (double)row->copies : 0.0);
    json_peers(object, session, row);
}

/* Another library's time: not the scalar reference's, and not one that does another thing (a product in float). */
static bool is_rival(const clq_peer_slot *slot) { return strcmp(slot->name, "reference") != 0 && strcmp(slot->name, "openblas") != 0; }

static void keep_least(double *least, double ratio)
{
    if (*least == 0.0 || ratio < *least) *least = ratio;
}

static void add_layer(clq_network_sum *sum, const clq_bench_row *row, clq_bench_form form, double peer, int64_t repeat)
{
    const double library = time_of(row, form), ratio = peer / library;
    if (library <= 0.0) return;
    sum->library += library * (double)repeat;
    sum->peer += peer * (double)repeat;
    sum->log_ratio += log(ratio);
    if (peer >= shortest_compared_ns) {
        keep_least(&sum->least_ratio, ratio);
    } else if (form == CLQ_SEQUENCE) {
        keep_least(&sum->least_short_ratio, ratio);
    } else if (row->ns_repeated > 0.0) {
        keep_least(&sum->least_short_ratio, peer / fmin(row->ns_repeated, library)); /* many images may not fit the caches that one fits */
    }
    sum->rows++;
}

static void add_to_network(clq_bench_session *session, const clq_suite_row *what, const clq_bench_row *row)
{
    double best = 0.0;
    for (size_t i = 0; i < session->peers.count; i++) {
        const clq_timing *const peer = &row->peers[i].timing;
        if (!peer->measured) continue;
        for (clq_bench_form form = CLQ_PIPELINED; form < CLQ_FORM_COUNT; form++) {
            add_layer(&session->sums[form][i], row, form, peer->ns_pipelined, what->repeat);
        }
        if (is_rival(&session->peers.slots[i]) && (best == 0.0 || peer->ns_pipelined < best)) best = peer->ns_pipelined;
    }
    for (clq_bench_form form = CLQ_PIPELINED; form < CLQ_FORM_COUNT && best > 0.0; form++) {
        add_layer(&session->sums[form][CLQ_MAX_PEERS], row, form, best, what->repeat);
    }
}

static void add_to_means(clq_bench_session *session, const clq_suite_row *what, const clq_bench_row *row)
{
    session->rows++;
    session->sequences += row->ns_sequence > 0.0;
    session->joined += row->sequence_joined > 0;
    add_to_network(session, what, row);
    if (share_of(session, row) > 0.0) session->log_share += log(share_of(session, row));
    for (size_t i = 0; i < session->peers.count; i++) {
        if (!row->peers[i].timing.measured) continue;
        if (row->peers[i].timing.disturbed || row->timing.disturbed) {
            session->disturbed++;
            continue;
        }
        for (clq_bench_form form = CLQ_PIPELINED; form < CLQ_FORM_COUNT; form++) {
            if (time_of(row, form) <= 0.0) continue;
            session->log_ratio[form][i] += log(row->peers[i].timing.ns_pipelined / time_of(row, form));
            session->ratio_count[form][i]++;
        }
    }
}

void clq_bench_table_row(clq_output *output, clq_bench_session *session, const clq_suite_row *what, const clq_bench_row *row)
{
    char shape[192], label[256], types[CLQ_GEMM_TYPES_TEXT];
    clq_bench_shape_print(&what->shape, shape, sizeof shape);
    clq_bench_types_print(&what->types, types, sizeof types);
    const bool named = clq_bench_is_operator(what->shape.op);
    const int used = snprintf(label, sizeof label, "%s%s%s", named ? clq_bench_op_name(what->shape.op) : "", named ? " " : "", shape);
    if (what->repeat != 1) snprintf(label + used, sizeof label - (size_t)used, " x%" PRId64, what->repeat);
    json_row(output, session, what, row);
    if (row->state != CLQ_ROW_TIMED) {
        static const char *const words[] = { "", "WRONG RESULT", "refused", "FAILED" };
        clq_print_always(output, "%*s %-14s %-26s %s: %s\n", -shape_width(session), label, types, row->variant ? row->variant : "-",
                         clq_coloured(output, words[row->state], row->state == CLQ_ROW_REFUSED ? 'y' : 'r'), row->message);
        return;
    }
    clq_print(output, "%*s %-14s %-26s", -shape_width(session), label, types, row->variant);
    print_times(output, session, row);
    print_ratios(output, session, row);
    fflush(output->text);
    add_to_means(session, what, row);
}

/* The sum of a network's layers in one form beside one peer's. */
static void print_sum(clq_output *output, const clq_bench_session *session, const char *name, const clq_network_sum *sum, clq_bench_form form)
{
    if (sum->rows == 0) return;
    clq_print_always(output, "%s, %s: %.1f us beside %.1f us, ratio %.3f; geometric mean %.3f",
                     form == CLQ_SEQUENCE ? "the same of calls in sequences" : "sum weighted by repeat", name, sum->library * 1e-3,
                     sum->peer * 1e-3, sum->peer / sum->library, exp(sum->log_ratio / (double)sum->rows));
    if (sum->least_ratio > 0.0) clq_print_always(output, "; least ratio where it takes 25 us or more %.2f", sum->least_ratio);
    if (sum->least_short_ratio > 0.0) {
        clq_print_always(output, ",%s where it takes less %.2f", form == CLQ_SEQUENCE ? "" : " of the kernel alone", sum->least_short_ratio);
    }
    clq_print_always(output, " (%zu of %zu layers)\n", sum->rows, session->rows);
}

static void print_network(clq_output *output, const clq_bench_session *session, const char *name, size_t peer)
{
    const clq_network_sum *const sum = &session->sums[CLQ_PIPELINED][peer];
    for (clq_bench_form form = CLQ_PIPELINED; form < CLQ_FORM_COUNT; form++) print_sum(output, session, name, &session->sums[form][peer], form);
    if (session->sequence_ns > 0.0 && sum->rows == session->rows) {
        clq_print_always(output, "all layers in one sequence, %s: %.1f us, ratio %.3f\n", name, session->sequence_ns * 1e-3, sum->peer / session->sequence_ns);
    }
}

static double mean_ratio(const clq_bench_session *session, clq_bench_form form, size_t peer)
{
    return exp(session->log_ratio[form][peer] / (double)session->ratio_count[form][peer]);
}

static void print_means(clq_output *output, const clq_bench_session *session)
{
    clq_print_always(output, "%*s %-14s %-26s %10s %10s %10s%s %8s", -shape_width(session), "geometric mean", "", "", "", "", "",
                     session->operators ? "" : "           ", "");
    if (session->log_share != 0.0) {
        clq_print_always(output, " %6.1f", exp(session->log_share / (double)session->rows) * 100.0);
    } else {
        clq_print_always(output, " %6s", "-");
    }
    clq_print_always(output, session->network ? " %8s" : " %4s", "");
    for (size_t i = 0; i < session->peers.count; i++) {
        if (session->peers.slots[i].peer == NULL) continue;
        if (session->ratio_count[CLQ_PIPELINED][i] > 0) {
            clq_print_always(output, " %10.2f ", mean_ratio(session, CLQ_PIPELINED, i));
        } else {
            clq_print_always(output, " %11s", "-");
        }
        if (session->ratio_count[CLQ_SEQUENCE][i] > 0) {
            clq_print_always(output, " %5.2f", mean_ratio(session, CLQ_SEQUENCE, i));
        } else if (!session->operators) {
            clq_print_always(output, " %5s", "-");
        }
    }
    clq_print_always(output, "\n");
}

void clq_bench_table_footing(clq_output *output, const clq_bench_session *session)
{
    if (session->rows == 0) {
        clq_print_always(output, "nothing was timed\n");
        return;
    }
    print_means(output, session);
    for (size_t i = 0; i < session->peers.count && session->network; i++) {
        print_network(output, session, session->peers.slots[i].name, i);
    }
    if (session->network) print_network(output, session, "the best of them", CLQ_MAX_PEERS);
    if (session->disturbed > 0) clq_print_always(output, "%zu ratios were disturbed by other processes and are not in the mean\n", session->disturbed);
    if (session->sequences > 0 && session->joined == 0) {
        clq_print_always(output, "the calls of sequences were enqueued one by one: none shared a launch here\n");
    }
}
