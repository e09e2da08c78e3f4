/* SPDX-License-Identifier: Apache-2.0 */
/* mixed_case_file_test FILE OPERATOR: the harness's cases as case files. Each that the format can say is written to FILE, read back, and held by the reference and
 * by the device; one whose result was changed beyond the tolerance is not. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_internal.h"
#include "case_reference.h"
#include "clqnn/clqnn.h"
#include "mixed_case.h"
#include "operator.h"

enum { SKIPPED = 77 };

typedef struct file_run {
    clqnn_context *context;
    const clq_operator *op;
    clq_sweep sweep;
    const char *path;
    size_t held, unsayable, failed, caught, open; /* open: the changed element may have any value */
} file_run;

static void fail(file_run *run, size_t index, const char *what, const char *message)
{
    char text[400];
    run->failed++;
    printf("FAIL case %zu, %s: %s\n    %s\n", index, what, message, run->op->case_describe(&run->sweep, index, text, sizeof text));
}

/* Moves the first element of y far away. False where that would be no change, or one that a clamp undoes. */
static bool damage(clq_case *file)
{
    const clq_case_entry *const y = clq_case_find_entry(file, "y");
    int64_t count = 0;
    unsigned char *bytes = NULL;
    memcpy(&bytes, &y->tensor.data, sizeof bytes); /* const to all but who damages it */
    if (!clq_case_count(y->tensor.shape, y->tensor.rank, &count) || count == 0) return false;
    switch (y->tensor.dtype) {
    case CLQ_CASE_F32: memcpy(bytes, &(float){-3e30f}, 4); return true;
    case CLQ_CASE_F16: memcpy(bytes, &(uint16_t){0xfbf0}, 2); return true;
    case CLQ_CASE_BF16: memcpy(bytes, &(uint16_t){0xff00}, 2); return true;
    default: bytes[0] ^= 0x42; return true;
    }
}

static void check_file(file_run *run, size_t index)
{
    char message[512];
    clq_case *file = NULL;
    if (clq_case_read(run->path, &file, message, sizeof message) != CLQNN_OK) {
        fail(run, index, "reading", message);
        return;
    }
    if (clq_case_check_reference(file, message, sizeof message) != CLQ_CASE_SAME) fail(run, index, "reference", message);
    else if (clq_check_read_case(run->context, file, message, sizeof message) != CLQ_CASE_SAME) fail(run, index, "device", message);
    else run->held++;
    if (damage(file)) {
        if (clq_case_check_reference(file, message, sizeof message) == CLQ_CASE_DIFFERS) run->caught++;
        else if (clq_case_uses_bound(file)) run->open++;
        else fail(run, index, "changed, but", "the reference agrees");
    }
    clq_case_free(file);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    file_run run = {.op = clq_operator_find(argv[2]), .sweep = {.level = CLQ_LEVEL_QUICK, .seed = 3}, .path = argv[1]};
    if (clqnn_context_create(NULL, &run.context) != CLQNN_OK) {
        printf("skipped: %s\n", clqnn_last_error());
        return SKIPPED;
    }
    const size_t count = run.op->case_count(&run.sweep);
    for (size_t i = 0; i < count; i++) {
        char message[512] = "";
        if (run.op->case_write(&run.sweep, i, run.path, "a test", message, sizeof message)) check_file(&run, i);
        else if (strstr(message, "interval") || strstr(message, "broadcast") || strstr(message, "planes")) run.unsayable++;
        else fail(&run, i, "writing", message);
    }
    (void)remove(run.path);
    printf("%zu cases: %zu held, %zu cannot be said, %zu changes caught, %zu of elements without a bound, %zu failed\n", count, run.held, run.unsayable, run.caught,
           run.open, run.failed);
    clqnn_context_release(run.context);
    return run.failed || run.held < count / 2 || run.open > count / 50;
}
