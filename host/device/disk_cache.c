/* SPDX-License-Identifier: Apache-2.0 */
#include "device/disk_cache.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "core/os.h"

#define MAGIC UINT64_C(0x314548434e514c43)  /* "CLQNCHE1" */
#define DEFAULT_MAX_BYTES (UINT64_C(256) << 20)
#define SUFFIX ".clqnn"
#define HOUR_NS (INT64_C(3600) * 1000000000)

typedef struct entry_header {
    uint64_t magic, key, size, checksum;
} entry_header;

static void choose_folder(clq_disk_cache *cache, const clqnn_context_desc *desc)
{
    const char *variable = getenv("CLQNN_CACHE_DIR");
    const char *xdg = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    int length = 0;
    if (variable && *variable) length = snprintf(cache->folder, sizeof cache->folder, "%s", variable);
    else if (desc->cache_folder && *desc->cache_folder) length = snprintf(cache->folder, sizeof cache->folder, "%s", desc->cache_folder);
    else if (xdg && *xdg) length = snprintf(cache->folder, sizeof cache->folder, "%s/clqnn", xdg);
    else if (home && *home) length = snprintf(cache->folder, sizeof cache->folder, "%s/.cache/clqnn", home);
    if (length < 0 || length >= (int)sizeof cache->folder) cache->folder[0] = '\0';
}

void clq_disk_cache_open(clq_disk_cache *cache, const clqnn_context_desc *desc, const clq_log *log)
{
    *cache = (clq_disk_cache){.max_bytes = desc->cache_max_bytes ? desc->cache_max_bytes : DEFAULT_MAX_BYTES};
    if (desc->cache == CLQNN_CACHE_OFF) return;
    choose_folder(cache, desc);
    if (!cache->folder[0]) {
        clq_log_write(log, CLQNN_LOG_INFO, "no cache folder is known (CLQNN_CACHE_DIR, XDG_CACHE_HOME and HOME are unset): programs are built in every process");
        return;
    }
    if (clq_os_make_folder(cache->folder)) return;
    clq_log_write(log, CLQNN_LOG_WARNING, "cache folder '%s' is not a folder that can be written: programs are built in every process", cache->folder);
    cache->folder[0] = '\0';
}

static void entry_name(char name[64], uint64_t key)
{
    (void)snprintf(name, 64, "%016" PRIx64 SUFFIX, key);
}

bool clq_disk_cache_load(const clq_disk_cache *cache, uint64_t key, void **data, size_t *size)
{
    if (!cache->folder[0]) return false;
    char name[64], path[sizeof cache->folder + 64];
    entry_name(name, key);
    (void)snprintf(path, sizeof path, "%s/%s", cache->folder, name);
    void *file = NULL;
    size_t file_size = 0;
    if (!clq_os_read_file(path, cache->max_bytes + sizeof(entry_header), &file, &file_size)) return false;
    entry_header header;
    const unsigned char *bytes = (const unsigned char *)file + sizeof header;
    bool whole = file_size >= sizeof header;
    if (whole) {
        memcpy(&header, file, sizeof header);
        whole = header.magic == MAGIC && header.key == key && header.size == file_size - sizeof header
                && header.checksum == clq_hash(CLQ_HASH_START, bytes, (size_t)header.size);
    }
    if (!whole) {
        free(file);
        return false;
    }
    clq_os_touch_file(cache->folder, name);
    *size = (size_t)header.size;
    memmove(file, bytes, *size);
    *data = file;
    return true;
}

static int older_first(const void *left, const void *right)
{
    const clq_os_file *a = left, *b = right;
    return (a->modified_ns > b->modified_ns) - (a->modified_ns < b->modified_ns);
}

static bool has_suffix(const char *name, const char *suffix)
{
    const size_t length = strlen(name), tail = strlen(suffix);
    return length > tail && strcmp(name + length - tail, suffix) == 0;
}

/* Deletes what a killed process left half written: temporary files an hour older than the newest file. */
static void sweep(const clq_disk_cache *cache, const clq_os_file *files, size_t count)
{
    int64_t newest = INT64_MIN;
    for (size_t i = 0; i < count; i++) newest = files[i].modified_ns > newest ? files[i].modified_ns : newest;
    for (size_t i = 0; i < count; i++) {
        const bool temporary = strncmp(files[i].name, CLQ_OS_TEMPORARY_PREFIX, strlen(CLQ_OS_TEMPORARY_PREFIX)) == 0;
        if (temporary && newest - files[i].modified_ns > HOUR_NS) (void)clq_os_delete_file(cache->folder, files[i].name);
    }
}

static void evict(const clq_disk_cache *cache)
{
    clq_os_file *files = NULL;
    size_t count = 0, total = 0;
    if (!clq_os_list_files(cache->folder, &files, &count)) return;
    sweep(cache, files, count);
    size_t entries = 0;
    for (size_t i = 0; i < count; i++) {
        if (!has_suffix(files[i].name, SUFFIX)) continue;
        total += files[i].size;
        files[entries++] = files[i];
    }
    if (entries) qsort(files, entries, sizeof *files, older_first);
    for (size_t i = 0; i < entries && total > cache->max_bytes; i++) {
        if (clq_os_delete_file(cache->folder, files[i].name)) total -= files[i].size;
    }
    free(files);
}

void clq_disk_cache_store(const clq_disk_cache *cache, uint64_t key, const void *data, size_t size, const clq_log *log)
{
    if (!cache->folder[0] || size > cache->max_bytes) return;
    const entry_header header = {MAGIC, key, size, clq_hash(CLQ_HASH_START, data, size)};
    unsigned char *file = malloc(sizeof header + size);
    if (!file) return;
    memcpy(file, &header, sizeof header);
    memcpy(file + sizeof header, data, size);
    char name[64];
    entry_name(name, key);
    if (!clq_os_write_file(cache->folder, name, file, sizeof header + size)) {
        clq_log_write(log, CLQNN_LOG_WARNING, "could not write '%s/%s'", cache->folder, name);
    } else {
        evict(cache);
    }
    free(file);
}
