/* SPDX-License-Identifier: Apache-2.0 */
#include "variant_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool load_capabilities(clqnn_context *context, clq_variant_list *list)
{
    if (clqnn_context_capabilities(context, NULL, 0, &list->capability_count) != CLQNN_OK) return false;
    list->capabilities = calloc(list->capability_count + 1, sizeof *list->capabilities);
    return list->capabilities != NULL &&
           clqnn_context_capabilities(context, list->capabilities, list->capability_count, &list->capability_count) == CLQNN_OK;
}

bool clq_variant_list_load(const clq_operator *op, clqnn_context *context, clq_variant_list *list)
{
    *list = (clq_variant_list){ .count = 0 };
    bool loaded = op->variants == NULL || op->variants(NULL, 0, &list->count) == CLQNN_OK;
    list->variants = calloc(list->count + 1, sizeof *list->variants);
    loaded = loaded && list->variants != NULL;
    if (loaded && op->variants != NULL) loaded = op->variants(list->variants, list->count, &list->count) == CLQNN_OK;
    if (loaded && context != NULL) loaded = load_capabilities(context, list);
    if (!loaded) clq_variant_list_free(list);
    return loaded;
}

void clq_variant_list_free(clq_variant_list *list)
{
    free(list->variants);
    free(list->capabilities);
    *list = (clq_variant_list){ .count = 0 };
}

static const clqnn_capability *find_capability(const clq_variant_list *list, const char *name, size_t length)
{
    for (size_t i = 0; i < list->capability_count; i++) {
        if (strlen(list->capabilities[i].name) == length && strncmp(list->capabilities[i].name, name, length) == 0) return &list->capabilities[i];
    }
    return NULL;
}

bool clq_variant_admitted(const clq_variant_list *list, const clq_variant *variant, char *reason, size_t size)
{
    for (const char *at = variant->needs; *at != '\0';) {
        const size_t skipped = strspn(at, ", "), length = strcspn(at + skipped, ", ");
        at += skipped;
        if (length == 0) break;
        const clqnn_capability *const capability = find_capability(list, at, length);
        if (capability == NULL || !capability->available) {
            snprintf(reason, size, "%.*s: %s", (int)length, at, capability ? capability->verdict : "unknown on this device");
            return false;
        }
        at += length;
    }
    snprintf(reason, size, "%s", "");
    return true;
}

const clq_operator *clq_variant_operator(const clq_operator *op, const char *name)
{
    const clq_operator *found = NULL;
    for (size_t i = 0; i < clq_operator_count && found == NULL; i++) {
        clq_variant_list list;
        if ((op != NULL && op != clq_operators[i]) || !clq_variant_list_load(clq_operators[i], NULL, &list)) continue;
        for (size_t k = 0; k < list.count; k++) {
            if (strcmp(list.variants[k].name, name) == 0) found = clq_operators[i];
        }
        clq_variant_list_free(&list);
    }
    return found;
}
