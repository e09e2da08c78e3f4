/* SPDX-License-Identifier: Apache-2.0 */
/* The example on a few hundred made-up images: the loss falls, a resumed training gives the bytes of one in one piece, and inference by integers and bits gives
 * the classes of the fake-quantized pass. Needs no data set. Usage: tiny_training_test FOLDER, for checkpoints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "counter_random.h"
#include "experiment.h"

enum { IMAGES = 400, SKIPPED = 77 };

static int failures;

static void expect(bool holds, const char *what)
{
    printf("%s %s\n", holds ? "ok  " : "FAIL", what);
    failures += !holds;
}

/* Each class is a bright bar at a place of its own, in noise. */
static bool make_images(uint64_t seed, labelled_images *images)
{
    *images = (labelled_images){.count = IMAGES, .pixels = malloc((size_t)IMAGES * PIXELS), .labels = malloc(IMAGES)};
    if (!images->pixels || !images->labels) return false;
    for (int i = 0; i < IMAGES; i++) {
        const int class = (int)(counter_random(seed, 1, (uint64_t)i) % CLASSES);
        images->labels[i] = (uint8_t)class;
        for (int p = 0; p < PIXELS; p++) {
            const int row = p / NET_IMAGE;
            const uint64_t noise = counter_random(seed, 2, (uint64_t)(i * PIXELS + p)) % 120;
            images->pixels[(size_t)i * PIXELS + (size_t)p] = (uint8_t)(noise + (row / 2 == class + 2 ? 100 : 0));
        }
    }
    return true;
}

static void free_images(labelled_images *images)
{
    free(images->pixels);
    free(images->labels);
}

static bool same_numbers(const train_state *a, const train_state *b)
{
    return memcmp(a->parameters, b->parameters, a->layout.parameter_count * sizeof(float)) == 0
           && memcmp(a->velocity, b->velocity, a->layout.parameter_count * sizeof(float)) == 0
           && memcmp(a->state, b->state, a->layout.state_count * sizeof(float)) == 0;
}

/* One training of three epochs, and one that stops after one and is resumed from its file. */
static bool check_resume(clqnn_context *context, const fashion_data *data, const char *folder, const experiment *whole)
{
    table_options options = {.network = "plain", .checkpoint_folder = folder, .epochs = 3, .seed = 1, .stop_after = 1};
    experiment part, rest;
    char path[1200];
    (void)snprintf(path, sizeof path, "%s/fashion_mnist_plain.safetensors", folder);
    (void)remove(path);
    if (!experiment_start(context, &options, data, "plain", &part)) return false;
    expect(!same_numbers(&whole->trained, &part.trained), "one epoch is not three");
    options.stop_after = 0;
    options.resume = true;
    const bool done = experiment_start(context, &options, data, "plain", &rest);
    if (done) expect(rest.trained.epoch == 3 && same_numbers(&whole->trained, &rest.trained), "a resumed training gives the same bytes");
    train_state other = {0};
    net_description mobile;
    if (net_describe("mobile", 1, &mobile) && train_state_create(&mobile, &other)) {
        expect(!checkpoint_read(path, &mobile, "mobile", "float", &other), "a checkpoint of another network is refused");
    }
    train_state_free(&other);
    experiment_free(&part);
    if (done) experiment_free(&rest);
    return done;
}

/* Every family once, on the network that is trained. */
static void check_rows(experiment *run, const table_rows *rows, const char *const *names, size_t count, double least_agreement)
{
    for (size_t n = 0; n < count; n++) {
        const table_row *row = NULL;
        for (int r = 0; r < rows->count; r++) {
            if (strcmp(rows->rows[r].name, names[n]) == 0) row = &rows->rows[r];
        }
        row_result result = {0};
        char text[512];
        const bool done = row && experiment_row(run, row, &result);
        (void)snprintf(text, sizeof text, "%s, %s: %.1f %%, %.2f %% agree, %s", run->net.name, names[n], result.accuracy, result.agreement, result.kernels);
        expect(done && result.agreement >= least_agreement && result.bytes > 0 && result.kernels[0], text);
    }
}

static bool check_plain(clqnn_context *context, const fashion_data *data, const char *folder, const table_rows *rows)
{
    static const char *const names[] = {
        "f32", "bf16", "W3 per layer asymmetric", "W8A8 per channel symmetric, min-max", "W4A4 per channel symmetric, retrained", "LSQ W2A2", "PACT W2A2",
        "BNN W1A1", "XNOR-Net W1A1", "TWN W2A8", "TTQ W2A8", "DoReFa W1A3", "WRPN x2 W4A4",
    };
    const table_options options = {.network = "plain", .epochs = 3, .seed = 1}, one = {.network = "plain", .epochs = 3, .seed = 1, .stop_after = 1};
    experiment run, first;
    if (!experiment_start(context, &one, data, "plain", &first)) return false;
    if (!experiment_start(context, &options, data, "plain", &run)) return false;
    expect(run.training_result.loss < 0.7 * first.training_result.loss, "the loss falls");
    experiment_free(&first);
    const bool done = check_resume(context, data, folder, &run);
    for (int i = 0; i < run.net.block_count; i++) run.trained.parameters[run.trained.layout.gamma[i]] *= -1.0f; /* so that some channel's codes are turned over */
    check_rows(&run, rows, names, sizeof names / sizeof *names, 99.0);
    experiment_free(&run);
    return done;
}

static bool check_mobile(clqnn_context *context, const fashion_data *data, const table_rows *rows)
{
    static const char *const names[] = {"f32", "W8A8 per layer asymmetric, entropy"};
    const table_options options = {.network = "mobile", .epochs = 2, .seed = 1};
    experiment run;
    if (!experiment_start(context, &options, data, "mobile", &run)) return false;
    check_rows(&run, rows, names, sizeof names / sizeof *names, 98.0); /* in two epochs it learns little: scores lie close together */
    experiment_free(&run);
    return true;
}

/* A label that is no class is not trained on silently. */
static void check_bad_label(clqnn_context *context, fashion_data *data)
{
    const table_options options = {.network = "plain", .epochs = 1, .seed = 1};
    const uint8_t right = data->training.labels[7];
    experiment run;
    data->training.labels[7] = CLASSES;
    expect(!experiment_start(context, &options, data, "plain", &run), "a label outside 0..9 is refused");
    data->training.labels[7] = right;
    experiment_free(&run);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    clqnn_context *context = NULL;
    const clqnn_status status = clqnn_context_create(NULL, &context);
    if (status == CLQNN_NO_DEVICE) return SKIPPED;
    if (!succeeded(status, "device")) return 1;
    fashion_data data = {0};
    table_rows *rows = calloc(1, sizeof *rows);
    bool done = rows && make_images(1, &data.training) && make_images(2, &data.test);
    if (done) {
        add_rows_after_training(rows);
        add_rows_retrained(rows);
        add_rows_low_bits(rows);
        done = check_plain(context, &data, argv[1], rows) && check_mobile(context, &data, rows);
        check_bad_label(context, &data);
    }
    free(rows);
    free_images(&data.training);
    free_images(&data.test);
    clqnn_context_release(context);
    printf("%s, %d failures\n", done ? "all done" : "NOT DONE", failures);
    return done && failures == 0 ? 0 : 1;
}
