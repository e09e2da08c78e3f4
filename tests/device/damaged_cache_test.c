/* SPDX-License-Identifier: Apache-2.0 */
/* A cache folder with damaged, truncated and foreign entries, down to whole entries that hold no program: each plan is made all the same,
 * its results are right, and the entry is whole again afterwards. Internal: knows the folder's file format through device/disk_cache.h. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "core/os.h"
#include "device/disk_cache.h"

enum { SKIPPED = 77, N = 8, K = 8 };

static const clq_log no_log = {NULL, NULL};

/* Context, plan, call: c = 1 * b summed over k. */
static void expect_right_answer(void)
{
    clqnn_context *context = NULL;
    clqnn_gemm *gemm = NULL;
    struct _cl_mem *a = NULL, *c = NULL;
    struct _cl_command_queue *queue = NULL;
    int8_t b[K * N];
    uint8_t ones[K];
    int32_t got[N];
    for (int i = 0; i < K * N; i++) b[i] = (int8_t)(i - 30);
    memset(ones, 1, sizeof ones);
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = 1, .n = N, .k = K, .a = {.type = CLQNN_U8}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_S32}, .b_data = b};
    desc.variant = "gemm_i8_portable";
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    assert_string_equal(clqnn_context_cache_folder(context), SCRATCH_FOLDER);
    assert_int_equal(clqnn_gemm_create(context, &desc, &gemm), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, sizeof ones, &a), CLQNN_OK);
    assert_int_equal(clqnn_buffer_create(context, sizeof got, &c), CLQNN_OK);
    assert_int_equal(clqnn_upload(context, a, 0, ones, sizeof ones), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}};
    assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(context, c, 0, got, sizeof got), CLQNN_OK);
    for (int j = 0; j < N; j++) assert_int_equal(got[j], (0 + 8 + 16 + 24 + 32 + 40 + 48 + 56) + 8 * (j - 30));
    clqnn_buffer_release(a);
    clqnn_buffer_release(c);
    clqnn_gemm_destroy(gemm);
    clqnn_context_release(context);
}

typedef struct entry { clq_os_file file; char path[512]; unsigned char *bytes; size_t size; uint64_t key; } entry;

static size_t list_entries(entry *entries, size_t capacity)
{
    clq_os_file *files = NULL;
    size_t count = 0;
    assert_true(clq_os_list_files(SCRATCH_FOLDER, &files, &count));
    assert_true(count <= capacity);
    for (size_t i = 0; i < count; i++) {
        void *bytes = NULL;
        entries[i].file = files[i];
        (void)snprintf(entries[i].path, sizeof entries[i].path, SCRATCH_FOLDER "/%s", files[i].name);
        assert_int_equal(sscanf(files[i].name, "%" SCNx64, &entries[i].key), 1);
        assert_true(clq_os_read_file(entries[i].path, UINT64_MAX / 2, &bytes, &entries[i].size));
        entries[i].bytes = bytes;
    }
    free(files);
    return count;
}

static const char foreign_text[] = "this is somebody else's file, it has nothing to do with any cache";

static bool is_whole(const entry *e)
{
    clq_disk_cache cache = {.folder = SCRATCH_FOLDER, .max_bytes = UINT64_C(1) << 30};
    void *data = NULL;
    size_t size = 0;
    const bool whole = clq_disk_cache_load(&cache, e->key, &data, &size);
    if (!whole) return false;
    const bool foreign = size == sizeof foreign_text && memcmp(data, foreign_text, size) == 0;
    free(data);
    return !foreign;
}

typedef enum damage { EMPTY, HALF, FLIPPED, FOREIGN, NO_PROGRAM, DAMAGES } damage;

static void inflict(const entry *e, damage kind)
{
    clq_disk_cache cache = {.folder = SCRATCH_FOLDER, .max_bytes = UINT64_C(1) << 30};
    unsigned char *bytes = malloc(e->size);
    assert_non_null(bytes);
    memcpy(bytes, e->bytes, e->size);
    bytes[e->size / 2] ^= 0x10;
    bool written = true;
    switch (kind) {
    case EMPTY: written = clq_os_write_file(SCRATCH_FOLDER, e->file.name, bytes, 0); break;
    case HALF: written = clq_os_write_file(SCRATCH_FOLDER, e->file.name, e->bytes, e->size / 2); break;
    case FLIPPED: written = clq_os_write_file(SCRATCH_FOLDER, e->file.name, bytes, e->size); break;
    case FOREIGN: written = clq_os_write_file(SCRATCH_FOLDER, e->file.name, foreign_text, sizeof foreign_text); break;
    case NO_PROGRAM: case DAMAGES: clq_disk_cache_store(&cache, e->key, foreign_text, sizeof foreign_text, &no_log); break;
    }
    assert_true(written);
    free(bytes);
}

/* What earlier versions of the kernels left is not this test's. */
static void empty_folder(void)
{
    clq_os_file *files = NULL;
    size_t count = 0;
    if (!clq_os_list_files(SCRATCH_FOLDER, &files, &count)) return;
    for (size_t i = 0; i < count; i++) clq_os_delete_file(SCRATCH_FOLDER, files[i].name);
    free(files);
}

static void test_damaged_entries(void **state)
{
    (void)state;
    enum { MOST = 32 };
    static entry entries[MOST];
    empty_folder();
    expect_right_answer();
    const size_t count = list_entries(entries, MOST);
    assert_true(count >= 2); /* verdicts of the probes, and a program */
    for (size_t i = 0; i < count; i++) {
        for (damage kind = EMPTY; kind < DAMAGES; kind++) {
            inflict(&entries[i], kind);
            expect_right_answer();
            assert_true(clq_os_write_file(SCRATCH_FOLDER, entries[i].file.name, entries[i].bytes, entries[i].size));
        }
    }
    for (damage kind = EMPTY; kind < DAMAGES; kind++) { /* all at once, so that each of them is read */
        for (size_t i = 0; i < count; i++) inflict(&entries[i], kind);
        expect_right_answer();
        for (size_t i = 0; i < count; i++) {
            if (!is_whole(&entries[i])) fail_msg("entry %s was not written again after damage %d", entries[i].file.name, (int)kind);
        }
    }
    for (size_t i = 0; i < count; i++) free(entries[i].bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_damaged_entries)};
    size_t devices = 0;
    setenv("CLQNN_CACHE_DIR", SCRATCH_FOLDER, 1);
    if (clqnn_enumerate_devices(NULL, 0, &devices) != CLQNN_OK) return 1;
    return devices == 0 ? SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
