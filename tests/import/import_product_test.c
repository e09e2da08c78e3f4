/* SPDX-License-Identifier: Apache-2.0 */
/* import_product_test FOLDER: every vector of the folder imported and multiplied with the identity on the device: the product is the file's weights. From the
 * bytes of a file to the result of a kernel, with nothing between but the public headers.
 *
 * The bound is 2^-20 of the largest weight: one term a sum, but a kernel may fold scales, offsets and zero points into it, a few roundings of a group's
 * magnitude. A code, scale or zero point that is another's shows by far more. */
#include <dirent.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "vector_import.h"

/* One product c[k][n] = identity * w. */
static clqnn_status multiply(clqnn_context *context, const clqnn_imported_info *info, const float *identity, float *c)
{
    const uint64_t a_bytes = (uint64_t)(info->k * info->k) * 4, c_bytes = (uint64_t)(info->k * info->n) * 4;
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = info->k, .n = info->n, .k = info->k, .a = {.type = CLQNN_F32},
                                  .b = {.type = info->type, .transposed = info->transposed}, .c = {.type = CLQNN_F32}, .b_data = info->data,
                                  .groups = info->groups};
    struct _cl_command_queue *queue = NULL;
    clqnn_gemm_args args = {.a = {NULL, 0}};
    clqnn_gemm *gemm = NULL;
    clqnn_status status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = clqnn_gemm_create(context, &desc, &gemm);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, a_bytes, &args.a.memory);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, c_bytes, &args.c.memory);
    const uint64_t workspace_bytes = status == CLQNN_OK ? clqnn_gemm_workspace_size(gemm) : 0;
    if (workspace_bytes) status = clqnn_buffer_create(context, workspace_bytes, &args.workspace.memory);
    if (status == CLQNN_OK) status = clqnn_upload(context, args.a.memory, 0, identity, a_bytes);
    if (status == CLQNN_OK) status = clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL);
    if (status == CLQNN_OK) status = clqnn_download(context, args.c.memory, 0, c, c_bytes);
    clqnn_gemm_destroy(gemm);
    clqnn_buffer_release(args.a.memory);
    clqnn_buffer_release(args.c.memory);
    clqnn_buffer_release(args.workspace.memory);
    return status;
}

static float largest(const float *w, int64_t count)
{
    float most = 0.0f;
    for (int64_t i = 0; i < count; i++) most = fabsf(w[i]) > most ? fabsf(w[i]) : most;
    return most;
}

static bool check_product(clqnn_context *context, const char *path, const clqnn_imported_info *info, const vector_tensor *expected)
{
    const int64_t count = info->n * info->k;
    float *identity = calloc((size_t)(info->k * info->k), sizeof *identity), *c = calloc((size_t)count, sizeof *c), *w = malloc(expected->size);
    bool good = identity && c && w && expected->size == (uint64_t)count * sizeof *w;
    for (int64_t i = 0; good && i < info->k; i++) identity[i * info->k + i] = 1.0f;
    if (good) memcpy(w, expected->data, expected->size);
    const clqnn_status status = good ? multiply(context, info, identity, c) : CLQNN_OUT_OF_MEMORY;
    if (status != CLQNN_OK) fprintf(stderr, "%s: %s, %s\n", path, clqnn_status_name(status), clqnn_last_error());
    good = status == CLQNN_OK;
    const float bound = good ? largest(w, count) * 0x1p-20f : 0.0f;
    for (int64_t i = 0; good && i < count; i++) {
        good = fabsf(c[i] - w[i]) <= bound;
        if (!good) fprintf(stderr, "%s: row %" PRId64 ", column %" PRId64 " is %a, expected %a\n", path, i / info->n, i % info->n, (double)c[i], (double)w[i]);
    }
    free(identity);
    free(c);
    free(w);
    return good;
}

static bool check_file(clqnn_context *context, const char *path)
{
    vector_file vector;
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    if (!vector_file_read(path, &vector)) return false;
    const vector_tensor *expected = vector_file_tensor(&vector, "w");
    bool good = expected && vector_import(&vector, &imported) == CLQNN_OK && clqnn_imported_describe(imported, &info) == CLQNN_OK;
    good = good && check_product(context, path, &info, expected);
    clqnn_imported_destroy(imported);
    vector_file_free(&vector);
    return good;
}

int main(int argc, char **argv)
{
    clqnn_context *context = NULL;
    int files = 0;
    bool good = true;
    const clqnn_status status = clqnn_context_create(NULL, &context);
    if (status == CLQNN_NO_DEVICE) {
        printf("skipped: %s\n", clqnn_last_error());
        return 77;
    }
    DIR *folder = status == CLQNN_OK && argc == 2 ? opendir(argv[1]) : NULL;
    for (const struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        const char *end = strrchr(entry->d_name, '.');
        char path[4096];
        if (!end || strcmp(end, ".txt") != 0) continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        good = check_file(context, path) && good;
        files++;
    }
    if (folder) closedir(folder);
    clqnn_context_release(context);
    printf("%d vectors\n", files);
    return good && files > 0 ? 0 : 1;
}
