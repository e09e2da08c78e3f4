/* SPDX-License-Identifier: Apache-2.0 */
/* Networks on real images, from training to classes by integer and bit kernels: every scheme of quantization in one table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "row_store.h"
#include "table_results.h"
#include "wall_clock.h"

enum { EXIT_NO_DATA = 77 };

/* Whether one of the parts, separated by plus signs, occurs in the row's name or family. */
static bool is_wanted(const table_options *options, const table_row *row)
{
    if (!options->rows) return !options->quick || row->is_quick;
    for (const char *part = options->rows; *part; part += strcspn(part, "+"), part += *part == '+') {
        char text[ROW_NAME];
        const size_t length = strcspn(part, "+");
        (void)snprintf(text, sizeof text, "%.*s", (int)(length < sizeof text ? length : sizeof text - 1), part);
        if (length && (strstr(row->name, text) || strstr(row->family, text))) return true;
    }
    return false;
}

/* Takes the row's result from the checkpoint folder, or measures it and leaves it there. */
static bool find_row(experiment *run, const table_row *row, const table_options *options, row_result *result)
{
    const char *folder = options->checkpoint_folder;
    if (folder && options->resume && row_store_read(folder, run->net.name, row, result)) return true;
    if (options->only_stored) return true;
    return experiment_row(run, row, result) && (!folder || row_store_write(folder, run->net.name, row, result));
}

static bool run_rows(experiment *run, const table_rows *rows, const table_options *options)
{
    const bool plain = strcmp(run->net.name, "plain") == 0;
    for (int r = 0; r < rows->count; r++) {
        const table_row *row = &rows->rows[r];
        row_result *result = &run->results[r];
        if (!is_wanted(options, row) || (row->plain_only && !plain)) continue;
        if (!find_row(run, row, options, result)) return failed("%s, row '%s' failed", run->net.name, row->name);
        if (!result->measured) continue;
        const double base = run->results[0].measured ? run->results[0].accuracy : run->training_result.accuracy; /* 0: of a resumed network nobody asked for it */
        char difference[16] = "";
        if (base > 0.0) (void)snprintf(difference, sizeof difference, "%+.2f", result->accuracy - base);
        printf("%-8s %-44s %6.2f %%  %6s  %7.1f KiB  %7.1f us/image  %6.2f %% agree  %s\n", run->net.name, row->name, result->accuracy, difference,
               (double)result->bytes / 1024.0, result->seconds_per_image * 1e6, result->agreement, result->kernels);
        fflush(stdout);
    }
    return true;
}

static bool run_network(clqnn_context *context, const char *name, const fashion_data *data, table_results *results)
{
    experiment *run = calloc(1, sizeof *run);
    if (!run) return failed("no memory");
    results->runs[results->run_count++] = run;
    if (!experiment_start(context, results->options, data, name, run)) return false;
    return (results->options->stop_after > 0 && !results->options->rows) || run_rows(run, results->rows, results->options);
}

static bool run_all(clqnn_context *context, const fashion_data *data, table_results *results)
{
    static const char *const names[] = {"plain", "mobile"};
    const double start = wall_seconds();
    const char *wanted = results->options->network;
    const bool both = strcmp(wanted, "both") == 0;
    bool done = true;
    for (int n = 0; n < 2 && done; n++) {
        if (both ? (n > 0 && results->options->quick) : strcmp(wanted, names[n]) != 0) continue;
        done = run_network(context, names[n], data, results);
    }
    results->seconds = wall_seconds() - start;
    if (done && results->options->output_folder) done = write_results(results);
    for (int n = 0; n < results->run_count; n++) {
        experiment *run = results->runs[n];
        experiment_free(run);
        free(run);
    }
    return done;
}

static int run_on_device(const table_options *options, const fashion_data *data)
{
    clqnn_context *context = NULL;
    table_rows *rows = calloc(1, sizeof *rows);
    table_results results = {.options = options, .rows = rows};
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .device = options->device};
    bool done = rows && succeeded(clqnn_context_create(&desc, &context), "device") && succeeded(clqnn_context_device(context, &results.device), "device");
    if (done) {
        printf("device: %s, %s; %d training and %d test images; seed %llu%s\n", results.device.platform, results.device.name, data->training.count,
               data->test.count, (unsigned long long)options->seed, options->quick ? "; --quick: few epochs, few rows" : "");
        add_rows_after_training(rows);
        add_rows_retrained(rows);
        add_rows_low_bits(rows);
        done = run_all(context, data, &results);
    }
    clqnn_context_release(context);
    free(rows);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    table_options options;
    fashion_data data;
    char error[1200];
    if (!table_options_parse(argc, argv, &options)) return 2;
    if (options.help) {
        fputs(table_usage, stdout);
        return 0;
    }
    (void)setenv("POCL_AFFINITY", "1", 0); /* PoCL: each worker thread on a core of its own, unless the user has decided */
    if (!fashion_data_read(options.folder, (uint32_t)options.images, &data, error, sizeof error)) {
        (void)failed("%s", error);
        return fashion_data_present(options.folder) ? 1 : EXIT_NO_DATA;
    }
    const int code = run_on_device(&options, &data);
    fashion_data_free(&data);
    return code;
}
