/* SPDX-License-Identifier: Apache-2.0 */
/* print_program: lists the GEMM variants, one line each: name, kernel function, "split" or "whole", capabilities.
 * print_program VARIANT: the source that the library builds for it, on stdout.
 * print_program --options VARIANT: the build options that come with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/context.h"
#include "gemm/gemm_programs.h"

static const clq_gemm_variant *find_variant(const char *name)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        if (strcmp(clq_gemm_variants[i]->name, name) == 0) return clq_gemm_variants[i];
    }
    return NULL;
}

static void print_needs(uint32_t needs)
{
#define X(bit, name, purpose) if (needs & bit) printf(" %s", name);
    CLQ_CAPABILITY_LIST(X)
#undef X
}

static void print_list(void)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        const clq_gemm_variant *variant = clq_gemm_variants[i];
        printf("%s %s %s", variant->name, variant->source ? variant->source : variant->name, variant->k_part ? "split" : "whole");
        print_needs(variant->needs);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        print_list();
        return 0;
    }
    const clq_gemm_variant *variant = find_variant(argv[argc - 1]);
    if (!variant || argc > 3 || (argc == 3 && strcmp(argv[1], "--options") != 0)) {
        fprintf(stderr, "usage: print_program [[--options] VARIANT]\n");
        return 2;
    }
    clq_program_source source;
    clq_gemm_program_source(variant, &source);
    if (argc == 3) {
        const clqnn_context without_capabilities = {0};
        char options[1024];
        clq_program_options(&without_capabilities, &source, options, sizeof options);
        printf("%s\n", options);
        return 0;
    }
    char *text = NULL;
    size_t length = 0;
    if (clq_program_compose(&source, &text, &length) != CLQNN_OK) {
        fprintf(stderr, "print_program: %s names a part that is not in this build\n", variant->name);
        return 1;
    }
    fwrite(text, 1, length, stdout);
    free(text);
    return 0;
}
