/* SPDX-License-Identifier: Apache-2.0 */
/* The cache of compiled programs by itself: whatever is not whole counts as absent, the size is bounded, the oldest entries go first,
 * processes do not disturb each other, a folder that can't be used turns it off. Needs no device. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/os.h"
#include "device/disk_cache.h"

enum { HEADER_BYTES = 32 };

static int warnings;

static void count_warning(void *user, clqnn_log_level level, const char *message)
{
    (void)user;
    (void)message;
    if (level == CLQNN_LOG_WARNING) warnings++;
}

static const clq_log quiet_log = {count_warning, NULL};

static void empty_folder(const char *folder)
{
    clq_os_file *files = NULL;
    size_t count = 0;
    if (!clq_os_list_files(folder, &files, &count)) return;
    for (size_t i = 0; i < count; i++) clq_os_delete_file(folder, files[i].name);
    free(files);
}

static clq_disk_cache open_cache(uint64_t max_bytes)
{
    clq_disk_cache cache;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = SCRATCH_FOLDER, .cache_max_bytes = max_bytes};
    clq_disk_cache_open(&cache, &desc, &quiet_log);
    assert_string_equal(cache.folder, SCRATCH_FOLDER);
    empty_folder(cache.folder);
    return cache;
}

static int forget_environment(void **state)
{
    (void)state;
    warnings = 0;
    unsetenv("CLQNN_CACHE_DIR");
    unsetenv("XDG_CACHE_HOME");
    return 0;
}

static bool holds(const clq_disk_cache *cache, uint64_t key, const void *bytes, size_t size)
{
    void *data = NULL;
    size_t got = 0;
    if (!clq_disk_cache_load(cache, key, &data, &got)) return false;
    const bool equal = got == size && memcmp(data, bytes, size) == 0;
    free(data);
    assert_true(equal); /* absent or right, never wrong */
    return true;
}

static void path_of(char path[512], uint64_t key)
{
    (void)snprintf(path, 512, SCRATCH_FOLDER "/%016llx.clqnn", (unsigned long long)key);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void test_round_trip(void **state)
{
    (void)state;
    const clq_disk_cache cache = open_cache(0);
    assert_false(holds(&cache, 7, "", 0));
    clq_disk_cache_store(&cache, 7, "seven", 5, &quiet_log);
    clq_disk_cache_store(&cache, 8, "", 0, &quiet_log);
    assert_true(holds(&cache, 7, "seven", 5));
    assert_true(holds(&cache, 8, "", 0));
    clq_disk_cache_store(&cache, 7, "other", 5, &quiet_log);
    assert_true(holds(&cache, 7, "other", 5));
    assert_int_equal(warnings, 0);
}

static void test_damage(void **state)
{
    (void)state;
    static const char text[] = "a program of some bytes";
    const clq_disk_cache cache = open_cache(0);
    char path[512];
    unsigned char file[HEADER_BYTES + sizeof text + 1] = {0};
    void *whole = NULL;
    size_t size = 0;
    clq_disk_cache_store(&cache, 9, text, sizeof text, &quiet_log);
    path_of(path, 9);
    assert_true(clq_os_read_file(path, 4096, &whole, &size));
    assert_int_equal(size, HEADER_BYTES + sizeof text);
    memcpy(file, whole, size);
    free(whole);
    for (size_t length = 0; length < size; length++) { /* truncated */
        write_file(path, file, length);
        assert_false(holds(&cache, 9, text, sizeof text));
    }
    write_file(path, file, size + 1); /* longer */
    assert_false(holds(&cache, 9, text, sizeof text));
    for (size_t i = 0; i < size * 8; i++) { /* one bit flipped */
        file[i / 8] ^= (unsigned char)(1u << i % 8);
        write_file(path, file, size);
        assert_false(holds(&cache, 9, text, sizeof text));
        file[i / 8] ^= (unsigned char)(1u << i % 8);
    }
    write_file(path, file, size);
    assert_true(holds(&cache, 9, text, sizeof text));
    path_of(path, 10); /* another entry's file */
    write_file(path, file, size);
    assert_false(holds(&cache, 10, text, sizeof text));
    clq_disk_cache_store(&cache, 10, "ten", 3, &quiet_log); /* is overwritten */
    assert_true(holds(&cache, 10, "ten", 3));
    path_of(path, 11); /* a folder in an entry's place */
    (void)rmdir(path);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_false(holds(&cache, 11, "", 0));
    assert_int_equal(rmdir(path), 0);
}

static void set_age(uint64_t key, int seconds)
{
    char path[512];
    path_of(path, key);
    struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
    clock_gettime(CLOCK_REALTIME, &times[1]);
    times[1].tv_sec -= seconds;
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static uint64_t bytes_on_disk(void)
{
    clq_os_file *files = NULL;
    size_t count = 0;
    uint64_t total = 0;
    assert_true(clq_os_list_files(SCRATCH_FOLDER, &files, &count));
    for (size_t i = 0; i < count; i++) total += files[i].size;
    free(files);
    return total;
}

/* Five entries of 100 bytes fit into 700 bytes with their headers; the sixth pushes out the least recently used. */
static void test_bounded_size(void **state)
{
    (void)state;
    static const unsigned char bytes[100], large[701];
    const clq_disk_cache cache = open_cache(700);
    for (uint64_t key = 1; key <= 5; key++) {
        clq_disk_cache_store(&cache, key, bytes, sizeof bytes, &quiet_log);
        set_age(key, 100 - (int)key);
    }
    assert_true(holds(&cache, 1, bytes, sizeof bytes)); /* used just now */
    clq_disk_cache_store(&cache, 6, bytes, sizeof bytes, &quiet_log);
    assert_true(bytes_on_disk() <= 700);
    assert_true(holds(&cache, 1, bytes, sizeof bytes));
    assert_false(holds(&cache, 2, bytes, sizeof bytes));
    assert_true(holds(&cache, 3, bytes, sizeof bytes));
    assert_true(holds(&cache, 6, bytes, sizeof bytes));
    clq_disk_cache_store(&cache, 12, large, sizeof large, &quiet_log); /* is not kept, and pushes nothing out */
    assert_false(holds(&cache, 12, large, sizeof large));
    assert_true(holds(&cache, 3, bytes, sizeof bytes));
}

static void test_other_files_stay(void **state)
{
    (void)state;
    static const unsigned char bytes[600];
    const clq_disk_cache cache = open_cache(700);
    write_file(SCRATCH_FOLDER "/notes.txt", bytes, sizeof bytes);
    clq_disk_cache_store(&cache, 1, bytes, sizeof bytes, &quiet_log);
    clq_disk_cache_store(&cache, 2, bytes, sizeof bytes, &quiet_log);
    assert_false(holds(&cache, 1, bytes, sizeof bytes));
    assert_int_equal(access(SCRATCH_FOLDER "/notes.txt", R_OK), 0);
}

static void fill_by_key(unsigned char *bytes, size_t size, unsigned turn)
{
    memset(bytes, (int)turn, size);
}

/* Four processes write and read the same keys; a reader sees one of the writers' whole entries. */
static void test_processes(void **state)
{
    (void)state;
    enum { PROCESSES = 4, TURNS = 200, SIZE = 20000 };
    const clq_disk_cache cache = open_cache(3 * SIZE);
    pid_t children[PROCESSES];
    for (unsigned process = 0; process < PROCESSES; process++) {
        children[process] = fork();
        assert_true(children[process] >= 0);
        if (children[process] != 0) continue;
        static unsigned char bytes[SIZE];
        int wrong = 0;
        for (unsigned turn = 0; turn < TURNS; turn++) {
            void *data = NULL;
            size_t size = 0;
            fill_by_key(bytes, SIZE, process + 1);
            clq_disk_cache_store(&cache, turn % 5, bytes, SIZE, &quiet_log);
            if (!clq_disk_cache_load(&cache, (turn + process) % 5, &data, &size)) continue;
            const unsigned char first = *(unsigned char *)data;
            fill_by_key(bytes, SIZE, first);
            wrong += size != SIZE || first < 1 || first > PROCESSES || memcmp(bytes, data, SIZE) != 0;
            free(data);
        }
        _exit(wrong ? 1 : 0);
    }
    for (unsigned process = 0; process < PROCESSES; process++) {
        int status = 0;
        assert_int_equal(waitpid(children[process], &status, 0), children[process]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_true(bytes_on_disk() <= 4 * SIZE); /* the last writers may each see the other's file a moment late */
}

static void test_folders(void **state)
{
    (void)state;
    clq_disk_cache cache;
    clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = SCRATCH_FOLDER "/deep/er"};
    clq_disk_cache_open(&cache, &desc, &quiet_log); /* parents are made */
    assert_string_equal(cache.folder, SCRATCH_FOLDER "/deep/er");
    setenv("CLQNN_CACHE_DIR", SCRATCH_FOLDER "/named", 1); /* goes first */
    clq_disk_cache_open(&cache, &desc, &quiet_log);
    assert_string_equal(cache.folder, SCRATCH_FOLDER "/named");
    unsetenv("CLQNN_CACHE_DIR");
    setenv("XDG_CACHE_HOME", SCRATCH_FOLDER "/xdg", 1);
    desc.cache_folder = NULL;
    clq_disk_cache_open(&cache, &desc, &quiet_log);
    assert_string_equal(cache.folder, SCRATCH_FOLDER "/xdg/clqnn");
    desc.cache = CLQNN_CACHE_OFF;
    clq_disk_cache_open(&cache, &desc, &quiet_log);
    assert_string_equal(cache.folder, "");
    assert_int_equal(warnings, 0);
}

/* Each turns the cache off with one warning; loads and stores are then nothing. */
static void test_folders_that_cannot_be_used(void **state)
{
    (void)state;
    static char long_name[5000];
    memset(long_name, 'x', sizeof long_name - 1);
    const char *const folders[] = {SCRATCH_FOLDER "/a_file", SCRATCH_FOLDER "/a_file/below", "/proc/clqnn", "/proc/self/status", long_name};
    (void)open_cache(0);
    write_file(SCRATCH_FOLDER "/a_file", "text", 4);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        clq_disk_cache cache;
        const clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = folders[i]};
        warnings = 0;
        clq_disk_cache_open(&cache, &desc, &quiet_log);
        assert_string_equal(cache.folder, "");
        if (folders[i] != long_name) assert_int_equal(warnings, 1);
        clq_disk_cache_store(&cache, 1, "x", 1, &quiet_log);
        assert_false(holds(&cache, 1, "x", 1));
    }
    assert_int_equal(unlink(SCRATCH_FOLDER "/a_file"), 0);
}

/* The folder disappears while the cache is open. */
static void test_folder_that_goes_away(void **state)
{
    (void)state;
    const clq_disk_cache cache = open_cache(0);
    clq_disk_cache gone = cache;
    (void)snprintf(gone.folder, sizeof gone.folder, SCRATCH_FOLDER "/was_never_there");
    clq_disk_cache_store(&gone, 1, "x", 1, &quiet_log);
    assert_int_equal(warnings, 1);
    assert_false(holds(&gone, 1, "x", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_round_trip, forget_environment),
        cmocka_unit_test_setup(test_damage, forget_environment),
        cmocka_unit_test_setup(test_bounded_size, forget_environment),
        cmocka_unit_test_setup(test_other_files_stay, forget_environment),
        cmocka_unit_test_setup(test_processes, forget_environment),
        cmocka_unit_test_setup(test_folders, forget_environment),
        cmocka_unit_test_setup(test_folders_that_cannot_be_used, forget_environment),
        cmocka_unit_test_setup(test_folder_that_goes_away, forget_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
