/* SPDX-License-Identifier: Apache-2.0 */
/* print_program: lists the variants of matrix products, convolutions and operators, one line each: name, kernel function, "split", "whole" or "operator", capabilities.
 * print_program VARIANT: the source that the library builds for it, on stdout.
 * print_program --options VARIANT: the build options that come with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/conv_programs.h"
#include "device/context.h"
#include "gemm/gemm_programs.h"
#include "op/op_plan.h"
#include "op/op_select.h"

static bool find_source(const char *name, clq_program_source *source)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        if (strcmp(clq_gemm_variants[i]->name, name) != 0) continue;
        clq_gemm_program_source(clq_gemm_variants[i], source);
        return true;
    }
    for (size_t i = 0; i < clq_conv_variant_count; i++) {
        if (strcmp(clq_conv_variants[i]->name, name) != 0) continue;
        clq_conv_program_source(clq_conv_variants[i], source);
        return true;
    }
    for (size_t f = 0; f < clq_op_family_count; f++) {
        for (size_t i = 0; i < clq_op_variant_total(clq_op_families[f]); i++) {
            if (strcmp(clq_op_families[f]->variants[i]->name, name) != 0) continue;
            clq_op_program_source(clq_op_families[f]->variants[i]->program, source);
            return true;
        }
    }
    return false;
}

static void print_row(const char *name, const char *source, const char *kind, uint32_t needs)
{
    printf("%s %s %s", name, source ? source : name, kind);
#define X(bit, capability, purpose) if (needs & bit) printf(" %s", capability);
    CLQ_CAPABILITY_LIST(X)
#undef X
    printf("\n");
}

static void print_list(void)
{
    for (size_t i = 0; i < clq_gemm_variant_count; i++) {
        const clq_gemm_variant *variant = clq_gemm_variants[i];
        print_row(variant->name, variant->source, variant->k_part ? "split" : "whole", variant->needs);
    }
    for (size_t i = 0; i < clq_conv_variant_count; i++) print_row(clq_conv_variants[i]->name, clq_conv_variants[i]->source, "whole", clq_conv_variants[i]->needs);
    for (size_t f = 0; f < clq_op_family_count; f++) {
        const clq_op_family *family = clq_op_families[f];
        for (size_t i = 0; i < clq_op_variant_total(family); i++) print_row(family->variants[i]->name, NULL, "operator", family->variants[i]->needs);
    }
}

int main(int argc, char **argv)
{
    if (argc == 1) {
        print_list();
        return 0;
    }
    clq_program_source source;
    if (!find_source(argv[argc - 1], &source) || argc > 3 || (argc == 3 && strcmp(argv[1], "--options") != 0)) {
        fprintf(stderr, "usage: print_program [[--options] VARIANT]\n");
        return 2;
    }
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
        fprintf(stderr, "print_program: %s names a part that is not in this build\n", argv[argc - 1]);
        return 1;
    }
    fwrite(text, 1, length, stdout);
    free(text);
    return 0;
}
