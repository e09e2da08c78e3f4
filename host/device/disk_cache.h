/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of compiled programs and probe verdicts. An entry is a file: header {magic, version, key, size, checksum}, then the bytes.
 * Safe between processes: entries appear by rename. Whatever is truncated, damaged or foreign counts as absent and is overwritten. */
#ifndef CLQ_DISK_CACHE_H
#define CLQ_DISK_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/log.h"

typedef struct clq_disk_cache {
    char folder[4096];     /* "" when off */
    uint64_t max_bytes;
} clq_disk_cache;

/* Decides the folder (clqnn_cache_mode's order) and creates it. One that can't be used is a warning and turns the cache off. */
void clq_disk_cache_open(clq_disk_cache *cache, const clqnn_context_desc *desc, const clq_log *log);

/* An entry's bytes in malloc'ed memory; false if there is none that is whole. */
bool clq_disk_cache_load(const clq_disk_cache *cache, uint64_t key, void **data, size_t *size);

/* Stores an entry and deletes the least recently used ones beyond max_bytes. Failure is a warning. */
void clq_disk_cache_store(const clq_disk_cache *cache, uint64_t key, const void *data, size_t size, const clq_log *log);

#endif
