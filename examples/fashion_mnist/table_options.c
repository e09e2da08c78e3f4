/* SPDX-License-Identifier: Apache-2.0 */
#include "table_options.h"

#include <stdlib.h>
#include <string.h>

#include "failure.h"
#include "fashion_data.h"

const char table_usage[] =
    "usage: fashion_mnist [options] [FOLDER]\n"
    "\n"
    "Trains networks on Fashion-MNIST on an OpenCL device, quantizes them by every scheme, classifies the 10,000 test images with the\n"
    "kernels of inference, and prints a table: accuracy, model size, time per image, the kernels that ran.\n"
    "\n"
    "  --network NAME        plain, mobile (depthwise) or both (default)\n"
    "  --rows A+B+..         only rows whose name or family contains one of these\n"
    "  --epochs N            of the float networks (default 8)\n"
    "  --images N            only the first N training images, a multiple of 100\n"
    "  --seed N              default 1\n"
    "  --checkpoint-dir DIR  write a checkpoint after each epoch of the float networks, and the result of each row\n"
    "  --resume              go on from the checkpoints and rows there; what is finished is not made again\n"
    "  --only-stored         with --resume: no other rows than those\n"
    "  --stop-after N        end after N epochs of the float network although more are planned, with --rows go on to those\n"
    "  --output DIR          write fashion_mnist.md, .json and .svg there\n"
    "  --quick               the plain network, few epochs and few rows: some minutes\n"
    "  --device TEXT         index of the device, or part of its platform and name (see: clqnn devices)\n"
    "  --help                show this text\n"
    "  FOLDER                of the data set; default: /usr/share/datasets/fashion-mnist\n"
    "\n"
    "Exit status: 0 done; 1 something failed; 2 a wrong command line; 77 the data set is not there.\n";

/* Options with a text or number behind them; one of the two targets. */
typedef struct option {
    const char *name;
    const char **text;
    int *number;
    uint64_t *seed;
} option;

static bool set_number(const option *o, const char *text)
{
    char *end = NULL;
    const long long number = strtoll(text, &end, 10);
    if (!*text || *end || number < 0 || (o->number && number > 1000000)) return failed("%s needs a number, not '%s'", o->name, text);
    if (o->number) *o->number = (int)number;
    if (o->seed) *o->seed = (uint64_t)number;
    return true;
}

static bool set_flag(const char *argument, table_options *options)
{
    if (strcmp(argument, "--help") == 0) options->help = true;
    else if (strcmp(argument, "--resume") == 0) options->resume = true;
    else if (strcmp(argument, "--only-stored") == 0) options->only_stored = true;
    else if (strcmp(argument, "--quick") == 0) options->quick = true;
    else return false;
    return true;
}

static bool check(const table_options *options)
{
    const bool known = strcmp(options->network, "plain") == 0 || strcmp(options->network, "mobile") == 0 || strcmp(options->network, "both") == 0;
    if (!known) return failed("--network is plain, mobile or both, not '%s'", options->network);
    if (options->images % 100) return failed("--images %d is no multiple of 100", options->images);
    if (options->only_stored && !options->resume) return failed("--only-stored needs --resume");
    return (!options->resume || options->checkpoint_folder) || failed("--resume needs --checkpoint-dir");
}

bool table_options_parse(int argc, char **argv, table_options *options)
{
    *options = (table_options){.folder = fashion_default_folder, .network = "both", .seed = 1};
    const option list[] = {
        {"--network", &options->network, NULL, NULL}, {"--rows", &options->rows, NULL, NULL}, {"--device", &options->device, NULL, NULL},
        {"--checkpoint-dir", &options->checkpoint_folder, NULL, NULL}, {"--output", &options->output_folder, NULL, NULL},
        {"--epochs", NULL, &options->epochs, NULL}, {"--images", NULL, &options->images, NULL}, {"--stop-after", NULL, &options->stop_after, NULL},
        {"--seed", NULL, NULL, &options->seed},
    };
    bool has_folder = false;
    for (int i = 1; i < argc; i++) {
        const option *found = NULL;
        for (size_t o = 0; o < sizeof list / sizeof *list; o++) {
            if (strcmp(argv[i], list[o].name) == 0) found = &list[o];
        }
        if (found && i + 1 == argc) return failed("%s needs a value", found->name);
        if (found && found->text) {
            *found->text = argv[++i];
        } else if (found) {
            if (!set_number(found, argv[++i])) return false;
        } else if (argv[i][0] != '-' && !has_folder) {
            options->folder = argv[i];
            has_folder = true;
        } else if (!set_flag(argv[i], options)) {
            return failed("unexpected argument '%s'; --help lists what there is", argv[i]);
        }
    }
    return check(options);
}
