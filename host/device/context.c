/* SPDX-License-Identifier: Apache-2.0 */
#include "device/context.h"

#include <stdlib.h>
#include <string.h>

#include "clqnn/opencl.h"
#include "clqnn/version.h"
#include "core/descriptor.h"
#include "core/hash.h"
#include "core/message.h"
#include "device/enumerate.h"
#include "device/opencl_error.h"
#include "device/probe.h"
#include "device/program.h"

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return clq_hash(hash, text, strlen(text) + 1);
}

static uint64_t identity_of(const clqnn_device_info *info)
{
    uint64_t hash = hash_text(CLQ_HASH_START, clqnn_version());
    hash = hash_text(hash, info->platform);
    hash = hash_text(hash, info->name);
    hash = hash_text(hash, info->vendor);
    hash = hash_text(hash, info->driver);
    return hash_text(hash, info->version);
}

/* A full copy of the caller's descriptor, or the defaults for NULL. */
static clqnn_status resolve_desc(const clqnn_context_desc *desc, clqnn_context **context, clqnn_context_desc *full)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    *context = NULL;
    *full = (clqnn_context_desc){.struct_size = sizeof *full};
    if (!desc) return CLQNN_OK;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_context_desc", desc, full, sizeof *full, sizeof *full));
    if (full->cache != CLQNN_CACHE_DEFAULT && full->cache != CLQNN_CACHE_OFF) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "cache is %d, not a clqnn_cache_mode", (int)full->cache);
    }
    if (full->active_wait != CLQNN_ACTIVE_WAIT_DEFAULT && full->active_wait != CLQNN_ACTIVE_WAIT_OFF) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "active_wait is %d, not a clqnn_active_wait", (int)full->active_wait);
    }
    return CLQNN_OK;
}

/* Takes over a reference to `cl` on success. */
static clqnn_status create_around(cl_context cl, const clqnn_device_info *info, const clqnn_context_desc *desc, clqnn_context **out)
{
    clqnn_context *context = calloc(1, sizeof *context);
    if (!context) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a context");
    if (pthread_mutex_init(&context->lock, NULL) != 0) {
        free(context);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a lock");
    }
    if (pthread_mutex_init(&context->wait.lock, NULL) != 0) {
        pthread_mutex_destroy(&context->lock);
        free(context);
        return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a lock");
    }
    atomic_init(&context->references, 1);
    context->cl = cl;
    context->device = info->device;
    context->info = *info;
    context->log = (clq_log){desc->log, desc->log_user};
    context->active_waiting = desc->active_wait == CLQNN_ACTIVE_WAIT_DEFAULT;
    context->identity = identity_of(info);
    context->capabilities = (clq_capabilities){
        .is_cpu = info->is_cpu,
        .is_gpu = info->is_gpu,
        .compute_units = info->compute_units ? info->compute_units : 1,
        .clock_mhz = info->clock_mhz ? info->clock_mhz : 1000,
        .global_bytes = info->global_bytes,
        .local_bytes = info->local_bytes,
        .max_alloc_bytes = info->max_alloc_bytes,
        .max_work_group = info->max_work_group,
    };
    clq_disk_cache_open(&context->cache, desc, &context->log);
    const clqnn_status status = clq_probe_all(context);
    if (status != CLQNN_OK) {
        clq_program_release_all(context);
        pthread_mutex_destroy(&context->wait.lock);
        pthread_mutex_destroy(&context->lock);
        free(context);
        return status;
    }
    *out = context;
    return CLQNN_OK;
}

clqnn_status clqnn_context_create(const clqnn_context_desc *desc, clqnn_context **context)
{
    clqnn_context_desc full;
    CLQ_FORWARD(resolve_desc(desc, context, &full));
    clqnn_device_info info;
    CLQ_FORWARD(clq_device_choose(full.device, &info));
    cl_int code = CL_SUCCESS;
    cl_device_id device = info.device;
    cl_context cl = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
    if (!cl) return clq_fail_opencl("clCreateContext", code);
    const clqnn_status status = create_around(cl, &info, &full, context);
    if (status != CLQNN_OK) clReleaseContext(cl);
    return status;
}

static clqnn_status check_membership(cl_context cl, cl_device_id device)
{
    size_t size = 0;
    CLQ_FORWARD_OPENCL("clGetContextInfo(CL_CONTEXT_DEVICES)", clGetContextInfo(cl, CL_CONTEXT_DEVICES, 0, NULL, &size));
    cl_device_id *devices = malloc(size ? size : 1);
    if (!devices) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a list of devices");
    const cl_int code = clGetContextInfo(cl, CL_CONTEXT_DEVICES, size, devices, NULL);
    bool found = false;
    for (size_t i = 0; code == CL_SUCCESS && i < size / sizeof *devices; i++) found = found || devices[i] == device;
    free(devices);
    CLQ_FORWARD_OPENCL("clGetContextInfo(CL_CONTEXT_DEVICES)", code);
    return found ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "device does not belong to the given OpenCL context");
}

clqnn_status clqnn_context_create_from_opencl(cl_context cl, cl_device_id device, const clqnn_context_desc *desc, clqnn_context **context)
{
    clqnn_context_desc full;
    CLQ_FORWARD(resolve_desc(desc, context, &full));
    if (!cl) return clq_fail(CLQNN_INVALID_ARGUMENT, "cl is NULL");
    if (!device) return clq_fail(CLQNN_INVALID_ARGUMENT, "device is NULL");
    if (full.device) return clq_fail(CLQNN_INVALID_ARGUMENT, "desc->device is '%s', but the device is given", full.device);
    CLQ_FORWARD(check_membership(cl, device));
    clqnn_device_info info;
    CLQ_FORWARD(clq_device_describe(device, &info));
    CLQ_FORWARD_OPENCL("clRetainContext", clRetainContext(cl));
    const clqnn_status status = create_around(cl, &info, &full, context);
    if (status != CLQNN_OK) clReleaseContext(cl);
    return status;
}

clqnn_context *clqnn_context_retain(clqnn_context *context)
{
    if (context) atomic_fetch_add(&context->references, 1);
    return context;
}

void clqnn_context_release(clqnn_context *context)
{
    if (!context || atomic_fetch_sub(&context->references, 1) != 1) return;
    clq_active_wait_release(context);
    clq_program_release_all(context);
    if (context->queue) clReleaseCommandQueue(context->queue);
    clReleaseContext(context->cl);
    pthread_mutex_destroy(&context->wait.lock);
    pthread_mutex_destroy(&context->lock);
    free(context);
}

clqnn_status clqnn_context_device(const clqnn_context *context, clqnn_device_info *info)
{
    if (!context || !info) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", context ? "info" : "context");
    *info = context->info;
    return CLQNN_OK;
}

clqnn_status clqnn_context_capabilities(const clqnn_context *context, clqnn_capability *list, size_t capacity, size_t *count)
{
    static const struct {
        const char *name, *purpose;
    } texts[] = {
#define X(bit, name, purpose) {name, purpose},
        CLQ_CAPABILITY_LIST(X)
#undef X
    };
    if (!context || !count || (!list && capacity)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", !context ? "context" : !count ? "count" : "list");
    }
    for (size_t i = 0; i < CLQ_CAPABILITY_COUNT && i < capacity; i++) {
        const clq_probe_verdict verdict = (clq_probe_verdict)context->verdicts[i];
        list[i] = (clqnn_capability){texts[i].name, texts[i].purpose, verdict == CLQ_PROBE_RIGHT, clq_probe_verdict_text(verdict)};
    }
    *count = CLQ_CAPABILITY_COUNT;
    return CLQNN_OK;
}

const char *clqnn_context_cache_folder(const clqnn_context *context)
{
    return context ? context->cache.folder : "";
}

cl_context clqnn_context_opencl_context(const clqnn_context *context)
{
    return context ? context->cl : NULL;
}

cl_device_id clqnn_context_opencl_device(const clqnn_context *context)
{
    return context ? context->device : NULL;
}
