/* SPDX-License-Identifier: Apache-2.0 */
/* Golden selections of the operators without weights. The word is a case of op_cases.c. */
#include <stdio.h>
#include <string.h>

#include "clqnn/status.h"
#include "golden_file.h"
#include "op/op_select.h"
#include "op_cases.h"

static const char *choose(const clq_capabilities *device, const char *words)
{
    static uint64_t problem[CLQ_OP_PROBLEM_BYTES / 8];
    static clq_op_signature signature;
    const clq_op_variant *variant = NULL;
    char name[64];
    double seconds = 0;
    const op_case *given = sscanf(words, "%63s", name) == 1 ? op_case_find(name) : NULL;
    if (!given) return NULL;
    memset(problem, 0, sizeof problem);
    memset(&signature, 0, sizeof signature);
    if (given->family->validate(given->desc, problem, &signature) != CLQNN_OK) return NULL;
    return clq_op_choose(given->family, problem, signature.wanted, device, &variant, &seconds) == CLQNN_OK ? variant->name : "none";
}

int main(int argc, char **argv)
{
    return golden_file_run(argc, argv, choose, 100);
}
