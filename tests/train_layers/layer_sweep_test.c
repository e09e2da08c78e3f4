/* SPDX-License-Identifier: Apache-2.0 */
/* layer_sweep_test FAMILY VARIANT|auto [CASES]: random problems of an operator of training through the library, every byte of every output buffer compared with the
 * reference; without a number of cases also some with results so large that they are written past the caches. Exit status 77 where the device lacks the variant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "layer_case.h"

#define SEED 20261201
#define CASES 600
#define LARGE_CASES 6

int main(int count, char **arguments)
{
    if (count < 3) return printf("usage: layer_sweep_test FAMILY VARIANT|auto [CASES]\n"), 2;
    const clq_layer_family *const family = clq_layer_family_find(arguments[1]);
    const clq_sweep sweep = {.seed = SEED, .variant = strcmp(arguments[2], "auto") != 0 ? arguments[2] : NULL};
    const size_t cases = count > 3 ? strtoul(arguments[3], NULL, 10) : CASES + LARGE_CASES;
    clqnn_context *context = NULL;
    size_t refused = 0, failed = 0;
    char message[512], reason[512] = "none";
    if (!family) return printf("no family %s\n", arguments[1]), 2;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    for (size_t i = 0; i < cases && failed < 10; i++) {
        const clq_outcome outcome = clq_layer_verify(context, family, &sweep, i, i >= CASES, clq_op_run, message);
        if (outcome == CLQ_REFUSED) refused++, memcpy(reason, message, sizeof reason);
        if (outcome == CLQ_FAILED) failed++, printf("seed %d case %zu: %s\n", SEED, i, message);
    }
    printf("%zu cases, %zu refused (%s), %zu failed\n", cases, refused, reason, failed);
    clqnn_context_release(context);
    return failed ? 1 : refused == cases ? 77 : 0;
}
