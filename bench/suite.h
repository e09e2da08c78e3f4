/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of shapes as text: one `[OP] SHAPE TYPES [rotate] [xN]` a line, # starts a comment. OP names an operator without weights; products and
 * convolutions need none. `rotate`: the weights of a product come from memory, not from a cache: each call takes another copy, 512 MiB of copies in all.
 * `x3`: the network has three such layers. */
#ifndef CLQ_SUITE_H
#define CLQ_SUITE_H

#include "bench_shape.h"

typedef struct clq_suite_row {
    clq_bench_shape shape;
    clq_gemm_types types;
    bool rotate;
    int64_t repeat; /* how often the network has it: its weight in the sum; 1 where the line says nothing */
} clq_suite_row;

typedef struct clq_suite {
    clq_suite_row *rows;
    size_t count;
} clq_suite;

/* `name`: a file, or a suite's name, which is looked up as NAME.txt and NAME_conv.txt in share/clqnn/suites beside the command's own folder; for
 * convolutions in the other order. Lines of other operators than `op` are left out. False with a reason that names file, line and word. */
bool clq_suite_load(const char *name, clq_bench_op op, clq_suite *suite, char *message, size_t size);

/* False if memory ran out. */
bool clq_suite_add(clq_suite *suite, const clq_suite_row *row);
void clq_suite_free(clq_suite *suite);

#endif
