/* SPDX-License-Identifier: Apache-2.0 */
#include "net_description.h"

#include <stdio.h>
#include <string.h>

/* One block of the tables below. */
typedef struct block_row {
    const char *name;
    int64_t out_channels; /* 0: depthwise */
    int64_t kernel, stride;
    bool pools;
} block_row;

static const block_row plain_rows[] = {
    {"conv1", 16, 3, 1, true},
    {"conv2", 32, 3, 1, true},
    {"conv3", 64, 3, 1, false},
};

static const block_row mobile_rows[] = {
    {"conv1", 32, 3, 1, true},
    {"depth2", 0, 3, 1, false}, {"point2", 64, 1, 1, false},
    {"depth3", 0, 3, 2, false}, {"point3", 128, 1, 1, false},
    {"depth4", 0, 3, 1, false}, {"point4", 128, 1, 1, true},
};

static void add_block(net_description *net, const block_row *row, int widening, int64_t *size, int64_t *channels)
{
    net_block *b = &net->blocks[net->block_count++];
    *b = (net_block){.height = *size, .width = *size, .channels = *channels, .kernel = row->kernel, .stride = row->stride, .pools = row->pools};
    (void)snprintf(b->name, sizeof b->name, "%s", row->name);
    b->pad = row->kernel / 2;
    b->out_channels = row->out_channels ? row->out_channels * widening : b->channels;
    b->groups = row->out_channels ? 1 : b->channels;
    b->conv_height = (b->height + 2 * b->pad - b->kernel) / b->stride + 1;
    b->conv_width = b->conv_height;
    b->out_height = b->pools ? b->conv_height / 2 : b->conv_height;
    b->out_width = b->out_height;
    b->weight_count = b->out_channels * b->kernel * b->kernel * (b->channels / b->groups);
    *size = b->out_height;
    *channels = b->out_channels;
}

bool net_describe(const char *name, int widening, net_description *net)
{
    const bool plain = strcmp(name, "plain") == 0;
    if (!plain && strcmp(name, "mobile") != 0) return false;
    const block_row *rows = plain ? plain_rows : mobile_rows;
    const size_t count = plain ? sizeof plain_rows / sizeof *plain_rows : sizeof mobile_rows / sizeof *mobile_rows;
    *net = (net_description){.name = plain ? "plain" : "mobile"};
    int64_t size = NET_IMAGE, channels = 1;
    for (size_t i = 0; i < count; i++) add_block(net, &rows[i], widening, &size, &channels);
    net->features = size * size * channels;
    return true;
}

int64_t net_weight_count(const net_description *net, int i)
{
    return i < net->block_count ? net->blocks[i].weight_count : NET_CLASSES * net->features;
}

int64_t net_output_count(const net_description *net, int i)
{
    return i < net->block_count ? net->blocks[i].out_channels : NET_CLASSES;
}

double net_operations(const net_description *net)
{
    double sum = 2.0 * (double)net->features * NET_CLASSES;
    for (int i = 0; i < net->block_count; i++) {
        const net_block *b = &net->blocks[i];
        sum += 2.0 * (double)b->weight_count * (double)(b->conv_height * b->conv_width);
    }
    return sum;
}
