/* SPDX-License-Identifier: Apache-2.0 */
#include "checkpoint.h"

#include <inttypes.h>
#include <safetensors.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TENSORS = 8 * NET_MAX_BLOCKS + 8, NAME_SIZE = 48, TEXT_COUNT = 6, TEXT_SIZE = 48 };

/* The tensors of a file, in the same order for writing and reading. */
typedef struct tensor_list {
    char names[MAX_TENSORS][NAME_SIZE];
    clq_safetensors_tensor tensors[MAX_TENSORS];
    float *data[MAX_TENSORS];
    size_t count;
} tensor_list;

static clq_safetensors_tensor *add(tensor_list *list, const char *layer, const char *part, float *data, int64_t count)
{
    const size_t i = list->count++;
    (void)snprintf(list->names[i], NAME_SIZE, "%s.%s", layer, part);
    list->data[i] = data;
    list->tensors[i] = (clq_safetensors_tensor){.name = list->names[i], .dtype = CLQ_SAFETENSORS_F32, .rank = 1, .shape = {count}, .data = data};
    return &list->tensors[i];
}

static void list_tensors(const net_description *net, const train_state *state, tensor_list *list)
{
    const net_layout *l = &state->layout;
    list->count = 0;
    for (int i = 0; i <= net->block_count; i++) {
        const bool dense = i == net->block_count;
        const char *name = dense ? "dense" : net->blocks[i].name;
        const int64_t outputs = net_output_count(net, i);
        clq_safetensors_tensor *weight = add(list, name, "weight", state->parameters + l->weights[i], net_weight_count(net, i));
        weight->rank = dense ? 2 : 4;
        weight->shape[0] = outputs;
        if (dense) {
            weight->shape[1] = net->features;
        } else {
            weight->shape[1] = weight->shape[2] = net->blocks[i].kernel;
            weight->shape[3] = net->blocks[i].channels / net->blocks[i].groups;
        }
        (void)add(list, name, "weight_quantizer", state->parameters + l->weight_quantizer[i], 2);
        if (dense) {
            (void)add(list, name, "bias", state->parameters + l->bias, outputs);
            continue;
        }
        (void)add(list, name, "activation_quantizer", state->parameters + l->activation_quantizer[i], 1);
        (void)add(list, name, "gamma", state->parameters + l->gamma[i], outputs);
        (void)add(list, name, "beta", state->parameters + l->beta[i], outputs);
        (void)add(list, name, "mean", state->state + l->mean[i], outputs);
        (void)add(list, name, "variance", state->state + l->variance[i], outputs);
    }
    (void)add(list, "optimizer", "velocity", state->velocity, (int64_t)l->parameter_count);
}

bool checkpoint_write(const char *path, const net_description *net, const char *network, const char *scheme, const train_state *state)
{
    tensor_list *list = malloc(sizeof *list);
    if (!list) return failed("no memory for a checkpoint");
    list_tensors(net, state, list);
    char epoch[TEXT_SIZE], epochs[TEXT_SIZE], seed[TEXT_SIZE], rate[TEXT_SIZE], message[512] = "";
    (void)snprintf(epoch, sizeof epoch, "%d", state->epoch);
    (void)snprintf(epochs, sizeof epochs, "%d", state->epochs);
    (void)snprintf(seed, sizeof seed, "%" PRIu64, state->seed);
    (void)snprintf(rate, sizeof rate, "%a", (double)state->rate);
    const clq_safetensors_text texts[TEXT_COUNT] = {{"network", network}, {"scheme", scheme}, {"epoch", epoch},
                                                    {"epochs", epochs},   {"seed", seed},     {"rate", rate}};
    const clq_safetensors_content content = {.texts = texts, .text_count = TEXT_COUNT, .tensors = list->tensors, .tensor_count = list->count};
    const bool written = clq_safetensors_write(path, &content, message, sizeof message) == CLQNN_OK;
    free(list);
    return written || failed("%s", message);
}

static bool text_is(const clq_safetensors *file, const char *path, const char *key, const char *wanted)
{
    const char *text = clq_safetensors_text_of(file, key);
    if (text && strcmp(text, wanted) == 0) return true;
    return failed("%s is of %s '%s', not '%s'", path, key, text ? text : "(none)", wanted);
}

static bool read_number(const clq_safetensors *file, const char *path, const char *key, double least, double most, double *number)
{
    const char *text = clq_safetensors_text_of(file, key);
    char *end = NULL;
    *number = text ? strtod(text, &end) : 0.0;
    if (text && *text && !*end && *number >= least && *number <= most) return true;
    return failed("%s: %s '%s' is not a number of %g..%g", path, key, text ? text : "(none)", least, most);
}

static bool read_texts(const clq_safetensors *file, const char *path, train_state *state)
{
    double epoch, epochs, seed, rate;
    if (!read_number(file, path, "epochs", 1, 100000, &epochs) || !read_number(file, path, "epoch", 0, epochs, &epoch)
        || !read_number(file, path, "seed", 0, 9007199254740992.0, &seed) || !read_number(file, path, "rate", 0, 1000, &rate)) {
        return false;
    }
    state->epoch = (int)epoch;
    state->epochs = (int)epochs;
    state->seed = (uint64_t)seed;
    state->rate = (float)rate;
    return true;
}

static bool read_tensors(const clq_safetensors *file, const char *path, const tensor_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const clq_safetensors_tensor *wanted = &list->tensors[i], *found = clq_safetensors_find(file, wanted->name);
        uint64_t bytes = 0;
        if (!found) return failed("%s has no tensor '%s'", path, wanted->name);
        if (found->dtype != wanted->dtype || found->rank != wanted->rank
            || memcmp(found->shape, wanted->shape, (size_t)wanted->rank * sizeof *wanted->shape) != 0 || !clq_safetensors_bytes(found, &bytes)) {
            return failed("%s: tensor '%s' has another type or shape than the network's", path, wanted->name);
        }
        memcpy(list->data[i], found->data, bytes);
    }
    return true;
}

bool checkpoint_read(const char *path, const net_description *net, const char *network, const char *scheme, train_state *state)
{
    clq_safetensors *file = NULL;
    char message[512] = "";
    if (clq_safetensors_read(path, &file, message, sizeof message) != CLQNN_OK) return failed("%s", message);
    tensor_list *list = malloc(sizeof *list);
    bool done = list || failed("no memory for a checkpoint");
    if (done) {
        list_tensors(net, state, list);
        done = text_is(file, path, "network", network) && text_is(file, path, "scheme", scheme) && read_texts(file, path, state)
               && read_tensors(file, path, list);
    }
    free(list);
    clq_safetensors_free(file);
    return done;
}
