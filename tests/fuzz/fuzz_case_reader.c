/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any bytes as a case file. Reads them, makes the call they describe, runs small calls through the reference and compares. */
#include "fuzz_target.h"

#include <stdlib.h>

#include "case_reference.h"

#define MAX_OPERATIONS 1000000

static bool is_small_gemm(const clqnn_gemm_desc *desc)
{
    double operations = (double)desc->m * (double)desc->n * (double)desc->k;
    for (int i = 0; i < 2; i++) operations *= desc->batch[i] > 0 ? (double)desc->batch[i] : 1.0;
    return operations < MAX_OPERATIONS;
}

static bool is_small_conv(const clq_case_conv *conv)
{
    double products = (double)conv->desc.in_channels * (double)conv->desc.out_channels;
    for (int32_t i = 0; i < conv->desc.spatial_rank; i++) products *= (double)conv->desc.kernel[i];
    return products * ((double)conv->x_bytes + (double)conv->y_bytes) < MAX_OPERATIONS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char message[200];
    clq_case *file = NULL;
    clq_case_gemm gemm;
    clq_case_conv conv;
    if (clq_case_read_memory(data, size, &file, message, sizeof message) != CLQNN_OK) return 0;
    const bool is_gemm = clq_case_make_gemm(file, &gemm, message, sizeof message) == CLQNN_OK;
    const bool is_conv = clq_case_make_conv(file, &conv, message, sizeof message) == CLQNN_OK;
    if ((!is_gemm || is_small_gemm(&gemm.desc)) && (!is_conv || is_small_conv(&conv))) clq_case_check_reference(file, message, sizeof message);
    clq_case_free(file);
    return 0;
}
