/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan of floats with bad arguments (gemm_refused_calls.h). */
#include "gemm_refused_calls.h"
#include "mixed_fixture.h"

static int open_floats(void **state)
{
    (void)state;
    static refused_calls what;
    what.desc = mixed_fixture_desc();
    what.desc.b_data = NULL;
    what.desc.residual.type = CLQNN_F32;
    what.desc.variant = "gemm_mixed_portable"; /* which has no workspace */
    what.regions[CALL_A].bytes = FIXTURE_M * FIXTURE_K * 2;
    what.regions[CALL_B].bytes = FIXTURE_K * FIXTURE_N * 2;
    what.regions[CALL_RESIDUAL].bytes = what.regions[CALL_C].bytes = FIXTURE_M * FIXTURE_N * 4;
    what.regions[CALL_A].element = what.regions[CALL_B].element = 2;
    what.regions[CALL_RESIDUAL].element = what.regions[CALL_C].element = 4;
    open_call(&what);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {REFUSED_CALL_TESTS(open_floats)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
