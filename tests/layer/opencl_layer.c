/* SPDX-License-Identifier: Apache-2.0 */
/* The layer as the loader sees it: one function an entry point, which counts, fails on demand or passes on. Entry points that are not listed go straight
 * to the driver. */
#include <CL/cl_icd.h>
#include <CL/cl_layer.h>
#include <stdatomic.h>
#include <string.h>

#include "layer_state.h"

#define EXPORTED __attribute__((visibility("default")))

EXPORTED extern const clq_layer_control clq_layer;

static const struct _cl_icd_dispatch *next;
static struct _cl_icd_dispatch table;
static atomic_bool active;

#define CREATES(type, kind, name, code, parameters, arguments) \
    static type CL_API_CALL layer_##name parameters \
    { \
        const cl_int fate = clq_layer_pass(#name, code); \
        if (fate != CL_SUCCESS) { \
            if (error) *error = fate; \
            return NULL; \
        } \
        type made = next->name arguments; \
        clq_layer_created(CLQ_LAYER_##kind, made); \
        return made; \
    }
#define MAPS(name, code, parameters, arguments) \
    static void *CL_API_CALL layer_##name parameters \
    { \
        const cl_int fate = clq_layer_pass(#name, code); \
        clq_layer_note(CLQ_LAYER_BLOCKS); \
        if (fate == CL_SUCCESS) return next->name arguments; \
        if (error) *error = fate; \
        return NULL; \
    }
#define CALLS(name, effect, code, parameters, arguments) \
    static cl_int CL_API_CALL layer_##name parameters \
    { \
        const cl_int fate = clq_layer_pass(#name, code); \
        clq_layer_note(CLQ_LAYER_##effect); \
        return fate != CL_SUCCESS ? fate : next->name arguments; \
    }
#define ENQUEUES(name, blocks, code, parameters, arguments) \
    static cl_int CL_API_CALL layer_##name parameters \
    { \
        const cl_int fate = clq_layer_pass(#name, code); \
        if (blocks) clq_layer_note(CLQ_LAYER_BLOCKS); \
        if (fate != CL_SUCCESS) return fate; \
        const cl_int done = next->name arguments; \
        if (done == CL_SUCCESS && event) clq_layer_created(CLQ_LAYER_EVENT, *event); \
        return done; \
    }
#define RETAINS(type, kind, name) \
    static cl_int CL_API_CALL layer_##name(type object) \
    { \
        const cl_int fate = clq_layer_pass(#name, CL_OUT_OF_RESOURCES); \
        if (fate != CL_SUCCESS) return fate; \
        const cl_int done = next->name(object); \
        if (done == CL_SUCCESS) clq_layer_retained(CLQ_LAYER_##kind, object); \
        return done; \
    }
/* Forgotten before it is gone: another thread may be given the same handle at once. A stray release ends here. */
#define RELEASES(type, kind, name) \
    static cl_int CL_API_CALL layer_##name(type object) \
    { \
        return clq_layer_released(CLQ_LAYER_##kind, object) ? next->name(object) : CL_INVALID_VALUE; \
    }
#include "layer_entries.def"
#undef CREATES
#undef MAPS
#undef CALLS
#undef ENQUEUES
#undef RETAINS
#undef RELEASES

static void fill_table(void)
{
#define CREATES(type, kind, name, code, parameters, arguments) table.name = layer_##name;
#define MAPS(name, code, parameters, arguments) table.name = layer_##name;
#define CALLS(name, effect, code, parameters, arguments) table.name = layer_##name;
#define ENQUEUES(name, blocks, code, parameters, arguments) table.name = layer_##name;
#define RETAINS(type, kind, name) table.name = layer_##name;
#define RELEASES(type, kind, name) table.name = layer_##name;
#include "layer_entries.def"
#undef CREATES
#undef MAPS
#undef CALLS
#undef ENQUEUES
#undef RETAINS
#undef RELEASES
}

EXPORTED CL_API_ENTRY cl_int CL_API_CALL clGetLayerInfo(cl_layer_info name, size_t size, void *value, size_t *size_ret)
{
    static const char layer_name[] = "clqnn tests";
    static const cl_layer_api_version version = CL_LAYER_API_VERSION_100;
    if (name != CL_LAYER_API_VERSION && name != CL_LAYER_NAME) return CL_INVALID_VALUE;
    const void *data = name == CL_LAYER_API_VERSION ? (const void *)&version : layer_name;
    const size_t bytes = name == CL_LAYER_API_VERSION ? sizeof version : sizeof layer_name;
    if (value && size < bytes) return CL_INVALID_VALUE;
    if (value) memcpy(value, data, bytes);
    if (size_ret) *size_ret = bytes;
    return CL_SUCCESS;
}

EXPORTED CL_API_ENTRY cl_int CL_API_CALL clInitLayer(cl_uint entries, const struct _cl_icd_dispatch *target, cl_uint *entries_ret,
                                                     const struct _cl_icd_dispatch **table_ret)
{
    if (!target || !entries_ret || !table_ret || entries < sizeof table / sizeof(void *)) return CL_INVALID_VALUE;
    next = target;
    fill_table();
    *table_ret = &table;
    *entries_ret = sizeof table / sizeof(void *);
    active = true;
    return CL_SUCCESS;
}

static bool is_active(void)
{
    return active;
}

const clq_layer_control clq_layer = {
    .is_active = is_active,
    .read = clq_layer_read,
    .fail_at = clq_layer_fail_at,
    .fail_entry = clq_layer_fail_entry,
    .failed_entry = clq_layer_failed_entry,
};
