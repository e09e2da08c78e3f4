/* SPDX-License-Identifier: Apache-2.0 */
#include "table_results.h"

#include <inttypes.h>

static double float_accuracy(const experiment *run)
{
    return run->results[0].measured ? run->results[0].accuracy : run->training_result.accuracy;
}

static void write_markdown_row(FILE *file, const experiment *run, const table_row *row, const row_result *result)
{
    fprintf(file, "| %s | %s | %.2f | %+.2f | %.1f | %.1f | %.2f | %s |\n", row->family, row->name, result->accuracy, result->accuracy - float_accuracy(run),
            (double)result->bytes / 1024.0, result->seconds_per_image * 1e6, result->agreement, result->kernels);
}

void write_markdown(FILE *file, const table_results *results)
{
    const table_options *options = results->options;
    fprintf(file, "# Fashion-MNIST: every scheme, by the kernels of inference\n\n");
    fprintf(file, "Device: %s, %s, %u compute units, driver %s. clqnn %d.%d.%d, seed %" PRIu64 ". %.0f s for everything%s.\n\n", results->device.platform,
            results->device.name, results->device.compute_units, results->device.driver, CLQNN_VERSION_MAJOR, CLQNN_VERSION_MINOR, CLQNN_VERSION_PATCH,
            options->seed, results->seconds, options->quick ? " (--quick: few epochs, few rows)" : "");
    fprintf(file, "Accuracy: of all %d test images, in percent; difference: to f32, in points; time: from pixels to logits in batches of %d; "
            "agreement: images to which these kernels and the fake-quantized pass of training give one class. First and last layers of the rows from LSQ on have weights of 8 bits.\n",
            results->runs[0]->test.count, EXPERIMENT_BATCH);
    for (int n = 0; n < results->run_count; n++) {
        const experiment *run = results->runs[n];
        fprintf(file, "\n## %s: %.2f million operations an image, %d epochs over %d images in float\n\n", run->net.name, net_operations(&run->net) * 1e-6,
                run->trained.epoch, run->training.count);
        fprintf(file, "| family | row | accuracy | difference | KiB | us/image | agreement %% | kernels |\n|---|---|---|---|---|---|---|---|\n");
        for (int r = 0; r < results->rows->count; r++) {
            if (run->results[r].measured) write_markdown_row(file, run, &results->rows->rows[r], &run->results[r]);
        }
    }
}

static void write_json_row(FILE *file, const experiment *run, const table_row *row, const row_result *result)
{
    fprintf(file,
            "{\"network\":\"%s\",\"family\":\"%s\",\"row\":\"%s\",\"weight_bits\":%d,\"activation_bits\":%d,\"accuracy\":%.2f,\"difference\":%.2f,"
            "\"training_pass_accuracy\":%.2f,\"agreement\":%.2f,\"model_bytes\":%" PRIu64 ",\"us_per_image\":%.2f,"
            "\"retraining_seconds\":%.1f,\"kernels\":\"%s\"}",
            run->net.name, row->family, row->name, row_weight_bits(row), row_activation_bits(row), result->accuracy,
            result->accuracy - float_accuracy(run), result->training_accuracy, result->agreement, result->bytes, result->seconds_per_image * 1e6,
            result->training_seconds, result->kernels);
}

void write_json(FILE *file, const table_results *results)
{
    fprintf(file, "{\"device\":\"%s, %s\",\"driver\":\"%s\",\"compute_units\":%u,\"clqnn\":\"%d.%d.%d\",\"seed\":%" PRIu64 ",\"quick\":%s,\"seconds\":%.1f,\n",
            results->device.platform, results->device.name, results->device.driver, results->device.compute_units, CLQNN_VERSION_MAJOR, CLQNN_VERSION_MINOR,
            CLQNN_VERSION_PATCH, results->options->seed, results->options->quick ? "true" : "false", results->seconds);
    fprintf(file, "\"networks\":[");
    for (int n = 0; n < results->run_count; n++) {
        const experiment *run = results->runs[n];
        fprintf(file, "%s{\"name\":\"%s\",\"epochs\":%d,\"training_images\":%d,\"loss\":%.4f,\"accuracy\":%.2f,\"images_per_second\":%.0f}", n ? "," : "",
                run->net.name, run->trained.epoch, run->training.count, run->training_result.loss, float_accuracy(run),
                run->training_result.images_per_second);
    }
    fprintf(file, "],\n\"rows\":[");
    int written = 0;
    for (int n = 0; n < results->run_count; n++) {
        for (int r = 0; r < results->rows->count; r++) {
            if (!results->runs[n]->results[r].measured) continue;
            fprintf(file, "%s\n", written++ ? "," : "");
            write_json_row(file, results->runs[n], &results->rows->rows[r], &results->runs[n]->results[r]);
        }
    }
    fprintf(file, "\n]}\n");
}

static bool write_file(const table_results *results, const char *name, void (*write)(FILE *, const table_results *))
{
    char path[1200];
    (void)snprintf(path, sizeof path, "%s/%s", results->options->output_folder, name);
    FILE *file = fopen(path, "w");
    if (!file) return failed("%s can't be written", path);
    write(file, results);
    const bool whole = ferror(file) == 0;
    return (fclose(file) == 0 && whole) || failed("%s was not written whole", path);
}

bool write_results(const table_results *results)
{
    return write_file(results, "fashion_mnist.md", write_markdown) && write_file(results, "fashion_mnist.json", write_json)
           && write_file(results, "fashion_mnist.svg", write_svg);
}
