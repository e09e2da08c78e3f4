/* SPDX-License-Identifier: Apache-2.0 */
/* train_sweep_test gemm|conv VARIANT|auto [CASES [FIRST]]: random products of training within the reference's bounds, exact for integers, and the same bytes
 * twice. Exit status 77 where the device does not have the variant, or the variant refuses all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "train_case.h"

#define SEED 4712
#define MOST_FAILURES 10

int main(int count, char **arguments)
{
    if (count < 3) return printf("usage: train_sweep_test gemm|conv VARIANT|auto [CASES [FIRST]]\n"), 2;
    const char *variant = strcmp(arguments[2], "auto") != 0 ? arguments[2] : NULL;
    const int cases = count > 3 ? atoi(arguments[3]) : 250, first = count > 4 ? atoi(arguments[4]) : 0;
    clqnn_context *context = NULL;
    int passed = 0, refused = 0, failed = 0;
    char reason[512] = "none";
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), 77;
    for (int i = first; i < first + cases && failed < MOST_FAILURES; i++) {
        char message[512];
        const clq_outcome outcome = clq_train_verify(context, strcmp(arguments[1], "conv") == 0, SEED, (uint64_t)i, variant, message);
        passed += outcome == CLQ_PASSED;
        refused += outcome == CLQ_REFUSED;
        failed += outcome == CLQ_FAILED;
        if (outcome == CLQ_REFUSED) memcpy(reason, message, sizeof reason);
        if (outcome == CLQ_FAILED) printf("seed %d case %d: %s\n", SEED, i, message);
    }
    printf("%d passed, %d refused (%s), %d failed\n", passed, refused, reason, failed);
    clqnn_context_release(context);
    return failed ? 1 : passed == 0 ? 77 : 0;
}
