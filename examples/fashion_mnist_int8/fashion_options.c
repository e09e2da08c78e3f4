/* SPDX-License-Identifier: Apache-2.0 */
#include "fashion_options.h"

#include <stdio.h>
#include <string.h>

#include "fashion_data.h"

enum { QUICK_TRAINING_IMAGES = 10000 };

const char fashion_usage[] =
    "usage: fashion_mnist_int8 [--device TEXT] [--quick] [FOLDER]\n"
    "\n"
    "Fits a two-layer network to Fashion-MNIST, quantizes it to 8 bits, classifies the 10,000 test images with it\n"
    "on an OpenCL device, and compares with the network in float and, bit for bit, with clqnn's reference.\n"
    "\n"
    "  --device TEXT  index of the device, or part of its platform and name (see: clqnn devices)\n"
    "  --quick        fit to 10,000 instead of 60,000 training images\n"
    "  --help         show this text\n"
    "  FOLDER         of the data set; default: /usr/share/datasets/fashion-mnist\n"
    "\n"
    "Exit status: 0 if the device agrees with the reference in every bit and INT8 is within 0.5 points of float; 1 if not;\n"
    "2 for a wrong command line; 77 if the data set is not there.\n";

bool fashion_options_parse(int argc, char **argv, fashion_options *options)
{
    *options = (fashion_options){.folder = fashion_default_folder};
    bool has_folder = false;
    for (int i = 1; i < argc; i++) {
        const char *argument = argv[i];
        if (strcmp(argument, "--help") == 0) {
            options->help = true;
        } else if (strcmp(argument, "--quick") == 0) {
            options->training_images = QUICK_TRAINING_IMAGES;
        } else if (strcmp(argument, "--device") == 0 && i + 1 < argc) {
            options->device = argv[++i];
        } else if (argument[0] != '-' && !has_folder) {
            options->folder = argument;
            has_folder = true;
        } else {
            fprintf(stderr, "fashion_mnist_int8: unexpected argument '%s'\n%s", argument, fashion_usage);
            return false;
        }
    }
    return true;
}
