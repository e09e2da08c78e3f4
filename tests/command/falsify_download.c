/* SPDX-License-Identifier: Apache-2.0 */
/* For LD_PRELOAD: clqnn_download as it is, then one byte in the middle of every large download is changed. What reports results has to see it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

#include "clqnn/memory.h"

enum { SMALLEST = 512 };

typedef clqnn_status (*download_function)(clqnn_context *, struct _cl_mem *, uint64_t, void *, uint64_t);

CLQNN_API clqnn_status clqnn_download(clqnn_context *context, struct _cl_mem *buffer, uint64_t offset, void *target, uint64_t bytes)
{
    download_function original = NULL;
    void *const symbol = dlsym(RTLD_NEXT, "clqnn_download");
    memcpy(&original, &symbol, sizeof original);
    const clqnn_status status = original(context, buffer, offset, target, bytes);
    if (status == CLQNN_OK && bytes >= SMALLEST) ((unsigned char *)target)[bytes / 2] ^= 0x55;
    return status;
}
