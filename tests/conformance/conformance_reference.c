/* SPDX-License-Identifier: Apache-2.0 */
/* conformance_reference FILE|FOLDER...: case files through the scalar reference. */
#include "conformance_run.h"

static clq_case_verdict check(void *user, clq_case *file, char *message, size_t capacity)
{
    (void)user;
    return clq_case_check_reference(file, message, capacity);
}

int main(int argc, char **argv)
{
    return conformance_run(argc - 1, argv + 1, check, NULL);
}
