/* SPDX-License-Identifier: Apache-2.0 */
/* An operator family is one const object: a pure function from its descriptor to a problem, and its kernel variants. All else (ranking,
 * programs, tables, checks of regions, launches) is the same for every family: host/op/op_plan.c, op_programs.c, op_enqueue.c.
 *
 *     validate   descriptor -> problem (the family's own struct) + signature (what the caller's regions must hold). Needs no device
 *     accepts    problem, capabilities -> a reason to refuse, or NULL
 *     cost       problem, capabilities -> estimated seconds
 *     arrange    problem, capabilities -> recipe: the launches and the tables they read. Its params are complete but for offsets */
#ifndef CLQ_OP_FAMILY_H
#define CLQ_OP_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

#include "clqnn/op.h"
#include "device/capabilities.h"
#include "op/op_kernel.h"
#include "op/op_tensor.h"

#define CLQ_OP_MAX_OPERANDS 64   /* inputs and outputs of one call */
#define CLQ_OP_MAX_PARTS 18
#define CLQ_OP_MAX_KERNELS 8     /* of one program */
#define CLQ_OP_MAX_VARIANTS 24   /* of one family, with the NULL behind them */

/* ---- Programs ---- */

/* A kernel of a program: its name, its buffers (without `begun`) and its work-group, the same for every problem. */
typedef struct clq_op_kernel {
    const char *name;
    uint32_t buffer_count;
    size_t params_size;
    size_t local[3];
} clq_op_kernel;

/* Several variants, of several families too, may share one program: building one takes most of a second, a kernel more in it little. */
typedef struct clq_op_program {
    const char *parts[CLQ_OP_MAX_PARTS];          /* after prelude/types, prelude/divide, op/op_params and op/op_walk; NULL-terminated */
    const char *defines;                          /* never depends on a problem */
    clq_op_kernel kernels[CLQ_OP_MAX_KERNELS];   /* rows without a name are not there */
} clq_op_program;

/* ---- What a caller passes ---- */

typedef struct clq_op_operand {
    char name[24];            /* "x", "x[3]" */
    uint64_t bytes;           /* from the first element to the end of the last */
    uint64_t alignment;       /* of the region's offset */
    uint64_t run, period;     /* all bytes lie in [k * period, k * period + run) from the region's offset; period 0: one run */
    bool may_be_output;       /* an input: output 0 may be the very same region */
} clq_op_operand;

typedef struct clq_op_signature {
    const char *wanted;       /* the descriptor's `variant` */
    uint32_t input_count, output_count;
    clq_op_operand operands[CLQ_OP_MAX_OPERANDS];   /* inputs, then outputs */
} clq_op_signature;

/* Inputs first. CLQNN_UNSUPPORTED beyond CLQ_OP_MAX_OPERANDS. `index` -1: the name as it is, else "name[index]". */
clqnn_status clq_op_add_input(clq_op_signature *signature, const char *name, int index, const clq_tensor *tensor, bool may_be_output);
clqnn_status clq_op_add_output(clq_op_signature *signature, const char *name, int index, const clq_tensor *tensor);

/* ---- What a variant makes of a problem ---- */

/* What stands behind a kernel's buffer argument: an input or output by number, or one of these. */
enum { CLQ_OP_INPUT = 0, CLQ_OP_OUTPUT = CLQ_OP_MAX_OPERANDS, CLQ_OP_TABLES = 2 * CLQ_OP_MAX_OPERANDS, CLQ_OP_WORKSPACE, CLQ_OP_WEIGHTS };

#define CLQ_OP_PARAMS_WORDS 120   /* 64-bit; OpenCL's arguments are at least 1024 bytes together */

typedef struct clq_op_step {
    uint32_t kernel;                          /* in the variant's program */
    uint8_t buffers[OP_MAX_BUFFERS];          /* CLQ_OP_INPUT + i, CLQ_OP_OUTPUT + i, ... */
    uint64_t base[OP_MAX_BUFFERS];            /* bytes added to each region's offset: a part of the tables or of the workspace */
    uint64_t params[CLQ_OP_PARAMS_WORDS];     /* the kernel's struct; its op_head is filled in by each call */
    size_t global[3];                         /* multiples of the kernel's local size */
} clq_op_step;

/* Filled by `arrange`; steps run one after the other. */
typedef struct clq_op_recipe {
    clq_op_step *steps;
    size_t step_count;
    unsigned char *tables;
    size_t table_bytes;
    struct _cl_mem *weights;      /* what CLQ_OP_WEIGHTS stands for; the plan keeps a reference. NULL: no step reads any */
} clq_op_recipe;

/* Appends a zeroed step; NULL (with its message) where memory is short. Valid until the next call. */
clq_op_step *clq_op_add_step(clq_op_recipe *recipe);

/* Appends `bytes` zero bytes to the tables, aligned to 64, and gives their place; NULL (with its message) where memory is short. Valid
 * until the next call. */
void *clq_op_add_table(clq_op_recipe *recipe, size_t bytes, uint64_t *offset);

typedef struct clq_op_variant {
    const char *name;
    const char *summary;           /* one line for people */
    const clq_op_program *program;
    uint32_t needs;                /* capability bits, all of them */
    bool counts_begun;             /* its launches are announced: CPU variants */
    const char *(*accepts)(const void *problem, const clq_capabilities *capabilities);    /* static text; NULL member: everything is accepted */
    double (*cost)(const void *problem, const clq_capabilities *capabilities);
    uint64_t (*workspace)(const void *problem, const clq_capabilities *capabilities);     /* bytes; NULL member: none */
    clqnn_status (*arrange)(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe);
} clq_op_variant;

typedef struct clq_op_family {
    const char *kind;
    size_t problem_size;           /* at most CLQ_OP_PROBLEM_BYTES */
    clqnn_status (*validate)(const void *desc, void *problem, clq_op_signature *signature);   /* both are zeroed before */
    const clq_op_variant *variants[CLQ_OP_MAX_VARIANTS];   /* best known first among equals; NULL-terminated */
} clq_op_family;

#define CLQ_OP_PROBLEM_BYTES 8192

#define X(family) extern const clq_op_family clq_op_##family;
#include "op/families.def"
#undef X

/* All families in list order. */
extern const clq_op_family *const clq_op_families[];
extern const size_t clq_op_family_count;

/* Whether a result is so large that CPU kernels should write it past the caches: nothing of it would be left there when it is read. */
bool clq_op_streams(const clq_tensor *result);

/* The `accepts` of variants for CPUs of which nothing else is asked. */
const char *clq_op_accepts_cpu(const void *problem, const clq_capabilities *capabilities);

/* Elements of a work-item of a CPU kernel: a few work-items for each unit, each long enough that a launch's overhead does not show. A
 * multiple of 64. */
int64_t clq_op_vector_chunk(int64_t count, const clq_capabilities *capabilities);

/* ---- What a family's public functions call ---- */

clqnn_status clq_op_create(clqnn_context *context, const clq_op_family *family, const void *desc, clqnn_op **op);
clqnn_status clq_op_query(clqnn_context *context, const clq_op_family *family, const void *desc, clqnn_op_info *info);

#endif
