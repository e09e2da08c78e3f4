/* SPDX-License-Identifier: Apache-2.0 */
/* Small forms of both networks on the device: equal bytes for more than one image; a comparison that finds a single wrong byte; activations that vary; an
 * export that holds what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "mobilenet_v2_graph.h"
#include "network_calibration.h"
#include "network_device.h"
#include "network_export.h"
#include "network_random.h"
#include "resnet50_graph.h"

enum { BATCH = 2, LEAST_DISTINCT = 64 };

typedef struct fixture {
    network net;
    network_activations expected;
} fixture;

static fixture networks[2];
static clqnn_context *context;

static void prepare(fixture *f, network_builder builder)
{
    builder(&f->net, &(network_size){.image = 48, .width_percent = 25, .classes = 101});
    network_activations one;
    assert_true(network_allocate(&f->net) && network_activations_create(&f->net, 1, &one) && network_activations_create(&f->net, BATCH, &f->expected));
    assert_int_equal(network_calibrate(&f->net, 3, &one), CLQNN_OK);
    network_activations_free(&one);
    const network_tensor *input = &f->net.tensors[0];
    for (int64_t image = 0; image < BATCH; image++) {
        network_random random = network_random_stream(5, (uint64_t)image);
        network_random_image(&random, input->height, input->width, input->channels, f->expected.tensors[0] + image * network_elements(&f->net, 0));
    }
    assert_int_equal(network_expected_run(&f->net, &f->expected), CLQNN_OK);
}

static int set_up(void **state)
{
    (void)state;
    prepare(&networks[0], resnet50_build);
    prepare(&networks[1], mobilenet_v2_build);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        network_free(&networks[i].net);
        network_activations_free(&networks[i].expected);
    }
    clqnn_context_release(context);
    return 0;
}

static void outputs_vary(void **state)
{
    (void)state;
    for (int n = 0; n < 2; n++) {
        const network *net = &networks[n].net;
        for (int i = 0; i < net->layer_count; i++) {
            const network_spread spread = network_tensor_spread(net, &networks[n].expected, net->layers[i].output);
            assert_true(spread.distinct >= LEAST_DISTINCT || network_elements(net, net->layers[i].output) < 4 * LEAST_DISTINCT);
            assert_true(spread.common < 0.7);
        }
        const uint8_t *output = networks[n].expected.tensors[network_output(net)];
        assert_memory_not_equal(output, output + 101, 101); /* two images, two answers */
    }
}

static void device_gives_the_reference_s_bytes(void **state)
{
    (void)state;
    for (int n = 0; n < 2; n++) {
        network_device device;
        network_difference difference;
        assert_int_equal(network_device_create(context, &networks[n].net, BATCH, NULL, &device), CLQNN_OK);
        assert_int_equal(network_device_compare(&device, &networks[n].expected, &difference), CLQNN_OK);
        assert_int_equal(difference.layer, NETWORK_NONE);
        network_device_free(&device);
    }
}

static void one_wrong_byte_is_found(void **state)
{
    (void)state;
    const network *net = &networks[1].net;
    network_device device;
    network_difference difference;
    assert_int_equal(network_device_create(context, net, BATCH, NULL, &device), CLQNN_OK);
    const int layers[] = {0, net->layer_count / 2, net->layer_count - 1};
    for (int i = 0; i < 3; i++) {
        uint8_t *wrong = &networks[1].expected.tensors[net->layers[layers[i]].output][17];
        *wrong ^= 1;
        assert_int_equal(network_device_compare(&device, &networks[1].expected, &difference), CLQNN_OK);
        *wrong ^= 1;
        assert_int_equal(difference.layer, layers[i]);
        assert_int_equal(difference.index, 17);
        assert_int_equal(difference.expected ^ 1, difference.got);
    }
    network_device_free(&device);
}

static void unknown_variant_is_refused(void **state)
{
    (void)state;
    network_device device;
    assert_int_equal(network_device_create(context, &networks[0].net, 1, "no such kernel", &device), CLQNN_UNSUPPORTED);
    assert_null(device.buffer);
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    fseek(stream, 0, SEEK_END);
    *size = (size_t)ftell(stream);
    rewind(stream);
    uint8_t *data = test_malloc(*size);
    assert_int_equal(fread(data, 1, *size, stream), *size);
    fclose(stream);
    return data;
}

/* Bytes that a tensor's entry claims, which must be its shape times its type's. */
static size_t entry_bytes(const cJSON *entry)
{
    const char *dtype = cJSON_GetObjectItem(entry, "dtype")->valuestring;
    size_t bytes = strcmp(dtype, "F32") == 0 || strcmp(dtype, "I32") == 0 ? 4 : 1;
    const cJSON *extent, *offsets = cJSON_GetObjectItem(entry, "data_offsets");
    cJSON_ArrayForEach(extent, cJSON_GetObjectItem(entry, "shape")) bytes *= (size_t)extent->valuedouble;
    assert_int_equal(cJSON_GetArrayItem(offsets, 1)->valuedouble - cJSON_GetArrayItem(offsets, 0)->valuedouble, bytes);
    return bytes;
}

static void export_is_whole(void **state)
{
    (void)state;
    const fixture *f = &networks[0];
    char error[200];
    size_t size, expected = 0;
    assert_false(network_export("no_such_folder/file", "network", &f->net, &f->expected, error, sizeof error));
    assert_true(network_export("network_export_test.safetensors", "network", &f->net, &f->expected, error, sizeof error));
    uint8_t *data = read_file("network_export_test.safetensors", &size);
    uint64_t header;
    memcpy(&header, data, sizeof header);
    cJSON *json = cJSON_ParseWithLength((const char *)data + 8, header);
    assert_non_null(json);
    const cJSON *entry, *found = NULL;
    cJSON_ArrayForEach(entry, json)
    {
        if (strcmp(entry->string, "__metadata__") == 0) continue;
        assert_int_equal(cJSON_GetArrayItem(cJSON_GetObjectItem(entry, "data_offsets"), 0)->valuedouble, expected);
        if (strcmp(entry->string, "activation.1") == 0) found = entry;
        if (found == entry) assert_memory_equal(data + 8 + header + expected, f->expected.tensors[1], (size_t)(BATCH * network_elements(&f->net, 1)));
        expected += entry_bytes(entry);
    }
    assert_non_null(found);
    assert_int_equal(8 + header + expected, size);
    cJSON_Delete(json);
    test_free(data);
    remove("network_export_test.safetensors");
}

int main(void)
{
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_vary),
        cmocka_unit_test(device_gives_the_reference_s_bytes),
        cmocka_unit_test(one_wrong_byte_is_found),
        cmocka_unit_test(unknown_variant_is_refused),
        cmocka_unit_test(export_is_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
