/* SPDX-License-Identifier: Apache-2.0 */
/* The two networks are the ones that they claim to be, by their published numbers of weights and multiplications; their memory plans hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mobilenet_v2_graph.h"
#include "network_memory.h"
#include "resnet50_graph.h"

static const network_size published = {.image = 224, .width_percent = 100, .classes = 1000};

static network build(network_builder builder)
{
    network net;
    builder(&net, &published);
    return net;
}

static int count_kind(const network *net, network_layer_kind kind, bool with_residual)
{
    int count = 0;
    for (int i = 0; i < net->layer_count; i++) {
        count += net->layers[i].kind == kind && (!with_residual || net->layers[i].residual != NETWORK_NONE);
    }
    return count;
}

static void check_totals(const network *net, int64_t weights, int64_t products)
{
    int64_t found_weights = 0, found_products = 0;
    for (int i = 0; i < net->layer_count; i++) {
        found_weights += network_layer_weights(net, i);
        found_products += network_layer_products(net, i);
    }
    assert_int_equal(found_weights, weights);
    assert_int_equal(found_products, products);
}

static void resnet50_is_resnet50(void **state)
{
    (void)state;
    const network net = build(resnet50_build);
    assert_int_equal(count_kind(&net, LAYER_CONV, false), 53);
    assert_int_equal(count_kind(&net, LAYER_CONV, true), 16);
    check_totals(&net, 25502912, INT64_C(4089184256)); /* 25.6 M parameters with biases and normalisations; 4.1 G multiplications */
    const network_tensor *last = &net.tensors[net.layers[net.layer_count - 2].input];
    assert_int_equal(last->height, 7);
    assert_int_equal(last->channels, 2048);
}

static void mobilenet_v2_is_mobilenet_v2(void **state)
{
    (void)state;
    const network net = build(mobilenet_v2_build);
    assert_int_equal(count_kind(&net, LAYER_CONV, false), 52);
    assert_int_equal(count_kind(&net, LAYER_CONV, true), 10);
    check_totals(&net, 3469760, 300774272); /* 3.5 M parameters with biases and normalisations; 300 M multiplications */
    const network_tensor *last = &net.tensors[net.layers[net.layer_count - 2].input];
    assert_int_equal(last->height, 7);
    assert_int_equal(last->channels, 1280);
}

/* Runs the network as marks: each layer marks its output's bytes as its tensor's, and must find its inputs' marks whole. */
static void check_memory(const network *net, int64_t batch, const uint64_t *workspace_bytes)
{
    network_memory memory;
    network_memory_plan(net, batch, workspace_bytes, &memory);
    uint8_t *owner = test_malloc(memory.bytes);
    memset(owner, 255, memory.bytes);
    memset(owner + memory.tensors[0], 0, (size_t)(batch * network_elements(net, 0)));
    for (int i = 0; i < net->layer_count; i++) {
        const network_layer *layer = &net->layers[i];
        memset(owner + memory.workspaces[i], 254, workspace_bytes[i]);
        const int reads[] = {0, layer->input, layer->residual};
        for (int r = 0; r < 3; r++) {
            if (reads[r] == NETWORK_NONE) continue;
            const uint64_t from = memory.tensors[reads[r]], bytes = (uint64_t)(batch * network_elements(net, reads[r]));
            assert_true(from + bytes <= memory.bytes);
            for (uint64_t at = from; at < from + bytes; at++) assert_int_equal(owner[at], reads[r]);
        }
        const uint64_t bytes = (uint64_t)(batch * network_elements(net, layer->output));
        assert_true(memory.tensors[layer->output] + bytes <= memory.bytes);
        memset(owner + memory.tensors[layer->output], layer->output, bytes);
        for (uint64_t at = 0; at < workspace_bytes[i]; at++) assert_int_equal(owner[memory.workspaces[i] + at], 254); /* y is not in the workspace */
        const uint64_t x = memory.tensors[layer->input];
        for (uint64_t at = x; at < x + (uint64_t)(batch * network_elements(net, layer->input)); at++) assert_int_equal(owner[at], layer->input);
    }
    test_free(owner);
}

static void memory_holds_what_is_needed(void **state)
{
    (void)state;
    const network_builder builders[] = {resnet50_build, mobilenet_v2_build};
    uint64_t none[NETWORK_MAX_LAYERS] = {0}, some[NETWORK_MAX_LAYERS];
    for (int i = 0; i < NETWORK_MAX_LAYERS; i++) some[i] = (uint64_t)(i % 3 * 70001);
    for (int b = 0; b < 2; b++) {
        const network net = build(builders[b]);
        check_memory(&net, 1, none);
        check_memory(&net, 2, some);
    }
}

/* ResNet-50 cannot do with less than stage 2's first block, whose input is read again by the projection: input, 128 and 128 channels, image and classes. */
static void resnet50_memory_is_the_least(void **state)
{
    (void)state;
    const network net = build(resnet50_build);
    const uint64_t none[NETWORK_MAX_LAYERS] = {0};
    network_memory memory;
    network_memory_plan(&net, 1, none, &memory);
    const uint64_t least = 56 * 56 * 256 + 56 * 56 * 128 + 28 * 28 * 128 + 224 * 224 * 3 + 1000;
    assert_in_range(memory.bytes, least, least + 256);
}

static void sums_stand_in_their_residual(void **state)
{
    (void)state;
    const network net = build(resnet50_build);
    const uint64_t none[NETWORK_MAX_LAYERS] = {0};
    network_memory memory;
    network_memory_plan(&net, 1, none, &memory);
    for (int i = 0; i < net.layer_count; i++) {
        const network_layer *layer = &net.layers[i];
        if (layer->residual != NETWORK_NONE) assert_int_equal(memory.tensors[layer->output], memory.tensors[layer->residual]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resnet50_is_resnet50),
        cmocka_unit_test(mobilenet_v2_is_mobilenet_v2),
        cmocka_unit_test(memory_holds_what_is_needed),
        cmocka_unit_test(resnet50_memory_is_the_least),
        cmocka_unit_test(sums_stand_in_their_residual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
