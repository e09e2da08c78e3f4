/* SPDX-License-Identifier: Apache-2.0 */
/* Golden selections of the convolutions, those that are matrix products among them. Words: conv_words.h. */
#include "clqnn/status.h"
#include "conv/conv_product.h"
#include "conv/conv_select.h"
#include "conv_words.h"
#include "gemm/gemm_select.h"
#include "golden_file.h"

static const char *choose_product(const clq_conv_spec *spec, const clq_capabilities *device)
{
    const clqnn_gemm_desc desc = clq_conv_product_desc(spec);
    const clq_gemm_variant *variant = NULL;
    clq_gemm_spec product;
    double seconds = 0;
    if (clq_gemm_validate(&desc, &product) != CLQNN_OK) return NULL;
    return clq_gemm_choose(&product, NULL, device, &variant, &seconds) == CLQNN_OK ? variant->name : "none";
}

static const char *choose(const clq_capabilities *device, const char *words)
{
    const clq_conv_variant *variant = NULL;
    clq_conv_spec spec;
    bool as_product = false;
    double seconds = 0;
    if (!conv_words_read(words, &spec)) return NULL;
    if (clq_conv_planned_as_product(&spec, &as_product) != CLQNN_OK) return "none";
    if (as_product) return choose_product(&spec, device);
    return clq_conv_choose(&spec, device, &variant, &seconds) == CLQNN_OK ? variant->name : "none";
}

int main(int argc, char **argv)
{
    return golden_file_run(argc, argv, choose, 100);
}
