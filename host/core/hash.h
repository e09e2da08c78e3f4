/* SPDX-License-Identifier: Apache-2.0 */
/* 64-bit FNV-1a: keys and checksums that guard against damage, not against an attacker. */
#ifndef CLQ_HASH_H
#define CLQ_HASH_H

#include <stddef.h>
#include <stdint.h>

#define CLQ_HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t clq_hash(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
