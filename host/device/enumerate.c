/* SPDX-License-Identifier: Apache-2.0 */
#include "device/enumerate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/opencl_error.h"

#define PLATFORM_NOT_FOUND (-1001) /* CL_PLATFORM_NOT_FOUND_KHR */

static clqnn_status device_text(cl_device_id device, const char *call, cl_device_info what, char *text, size_t capacity)
{
    size_t size = 0;
    text[0] = '\0';
    CLQ_FORWARD_OPENCL(call, clGetDeviceInfo(device, what, 0, NULL, &size));
    if (size == 0) return CLQNN_OK;
    char *whole = malloc(size + 1);
    if (!whole) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %zu bytes of %s", size, call);
    const cl_int code = clGetDeviceInfo(device, what, size, whole, NULL);
    whole[size] = '\0';
    if (code == CL_SUCCESS) (void)snprintf(text, capacity, "%s", whole);
    free(whole);
    CLQ_FORWARD_OPENCL(call, code);
    return CLQNN_OK;
}

/* Nothing here may be guessed: a fact that is missing once would change the device's identity and the verdicts that are kept for it. */
static clqnn_status device_facts(cl_device_id device, clqnn_device_info *info)
{
    cl_device_type type = 0;
    cl_bool unified = CL_FALSE;
    cl_uint units = 0, clock = 0, vendor = 0;
    cl_ulong global = 0, local = 0, allocation = 0;
    size_t group = 0;
#define ASK(what, value) CLQ_FORWARD_OPENCL("clGetDeviceInfo(" #what ")", clGetDeviceInfo(device, what, sizeof(value), &(value), NULL))
    ASK(CL_DEVICE_TYPE, type);
    ASK(CL_DEVICE_VENDOR_ID, vendor);
    ASK(CL_DEVICE_MAX_COMPUTE_UNITS, units);
    ASK(CL_DEVICE_MAX_CLOCK_FREQUENCY, clock);
    ASK(CL_DEVICE_GLOBAL_MEM_SIZE, global);
    ASK(CL_DEVICE_LOCAL_MEM_SIZE, local);
    ASK(CL_DEVICE_MAX_MEM_ALLOC_SIZE, allocation);
    ASK(CL_DEVICE_MAX_WORK_GROUP_SIZE, group);
#undef ASK
    /* Deprecated since OpenCL 2.0, and no more than information. */
    if (clGetDeviceInfo(device, CL_DEVICE_HOST_UNIFIED_MEMORY, sizeof unified, &unified, NULL) != CL_SUCCESS) unified = CL_FALSE;
    info->vendor_id = vendor;
    info->is_cpu = (type & CL_DEVICE_TYPE_CPU) != 0;
    info->is_gpu = (type & CL_DEVICE_TYPE_GPU) != 0;
    info->unified_memory = unified != CL_FALSE;
    info->compute_units = units;
    info->clock_mhz = clock;
    info->global_bytes = global;
    info->local_bytes = local;
    info->max_alloc_bytes = allocation;
    info->max_work_group = group;
    return CLQNN_OK;
}

clqnn_status clq_device_describe(cl_device_id device, clqnn_device_info *info)
{
    memset(info, 0, sizeof *info);
    info->device = device;
    cl_platform_id platform = NULL;
    char name[256] = "";
    CLQ_FORWARD_OPENCL("clGetDeviceInfo(CL_DEVICE_PLATFORM)", clGetDeviceInfo(device, CL_DEVICE_PLATFORM, sizeof platform, &platform, NULL));
    CLQ_FORWARD_OPENCL("clGetPlatformInfo(CL_PLATFORM_NAME)", clGetPlatformInfo(platform, CL_PLATFORM_NAME, sizeof name - 1, name, NULL));
    (void)snprintf(info->platform, sizeof info->platform, "%.*s", (int)sizeof info->platform - 1, name);
    CLQ_FORWARD(device_text(device, "clGetDeviceInfo(CL_DEVICE_NAME)", CL_DEVICE_NAME, info->name, sizeof info->name));
    CLQ_FORWARD(device_text(device, "clGetDeviceInfo(CL_DEVICE_VENDOR)", CL_DEVICE_VENDOR, info->vendor, sizeof info->vendor));
    CLQ_FORWARD(device_text(device, "clGetDeviceInfo(CL_DRIVER_VERSION)", CL_DRIVER_VERSION, info->driver, sizeof info->driver));
    CLQ_FORWARD(device_text(device, "clGetDeviceInfo(CL_DEVICE_VERSION)", CL_DEVICE_VERSION, info->version, sizeof info->version));
    CLQ_FORWARD(device_text(device, "clGetDeviceInfo(CL_DEVICE_EXTENSIONS)", CL_DEVICE_EXTENSIONS, info->extensions, sizeof info->extensions));
    return device_facts(device, info);
}

typedef struct device_list {
    cl_device_id *ids;
    int *kinds;
    cl_uint count;
} device_list;

static void free_list(device_list *list)
{
    free(list->ids);
    free(list->kinds);
    *list = (device_list){0};
}

/* 0: GPUs, 1: everything else that is no CPU, 2: CPUs. */
static clqnn_status find_kind(cl_device_id device, int *kind)
{
    cl_device_type type = 0;
    CLQ_FORWARD_OPENCL("clGetDeviceInfo(CL_DEVICE_TYPE)", clGetDeviceInfo(device, CL_DEVICE_TYPE, sizeof type, &type, NULL));
    *kind = type & CL_DEVICE_TYPE_GPU ? 0 : type & CL_DEVICE_TYPE_CPU ? 2 : 1;
    return CLQNN_OK;
}

/* The devices of a platform, appended. A platform without devices adds none. */
static clqnn_status add_platform(cl_platform_id platform, device_list *list)
{
    cl_uint here = 0, got = 0;
    cl_int code = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, NULL, &here);
    if (code == CL_DEVICE_NOT_FOUND || (code == CL_SUCCESS && here == 0)) return CLQNN_OK;
    CLQ_FORWARD_OPENCL("clGetDeviceIDs", code);
    cl_device_id *ids = realloc(list->ids, (list->count + here) * sizeof *ids);
    if (ids) list->ids = ids;
    int *kinds = realloc(list->kinds, (list->count + here) * sizeof *kinds);
    if (kinds) list->kinds = kinds;
    if (!ids || !kinds) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a list of %u devices", (unsigned)(list->count + here));
    CLQ_FORWARD_OPENCL("clGetDeviceIDs", clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, here, ids + list->count, &got));
    for (cl_uint i = 0; i < here && i < got; i++) CLQ_FORWARD(find_kind(ids[list->count + i], &kinds[list->count + i]));
    list->count += here < got ? here : got;
    return CLQNN_OK;
}

/* Stable, by insertion: there are few devices. */
static void sort_list(device_list *list)
{
    for (cl_uint i = 1; i < list->count; i++) {
        const cl_device_id id = list->ids[i];
        const int kind = list->kinds[i];
        cl_uint to = i;
        for (; to > 0 && list->kinds[to - 1] > kind; to--) {
            list->ids[to] = list->ids[to - 1];
            list->kinds[to] = list->kinds[to - 1];
        }
        list->ids[to] = id;
        list->kinds[to] = kind;
    }
}

/* A platform that fails does not hide the others; its failure is reported if no device is left. */
static clqnn_status list_devices(device_list *list)
{
    cl_platform_id platforms[64];
    cl_uint platform_count = 0;
    clqnn_status failure = CLQNN_OK;
    *list = (device_list){0};
    const cl_int code = clGetPlatformIDs(64, platforms, &platform_count);
    if (code == PLATFORM_NOT_FOUND) return CLQNN_OK;
    CLQ_FORWARD_OPENCL("clGetPlatformIDs", code);
    for (cl_uint p = 0; p < platform_count && p < 64; p++) {
        const clqnn_status status = add_platform(platforms[p], list);
        if (status != CLQNN_OK) failure = status;
    }
    sort_list(list);
    if (list->count > 0) return CLQNN_OK;
    free_list(list);
    return failure;
}

clqnn_status clqnn_enumerate_devices(clqnn_device_info *infos, size_t capacity, size_t *count)
{
    if (!count) return clq_fail(CLQNN_INVALID_ARGUMENT, "count is NULL");
    if (!infos && capacity) return clq_fail(CLQNN_INVALID_ARGUMENT, "infos is NULL but capacity is %zu", capacity);
    device_list list;
    CLQ_FORWARD(list_devices(&list));
    clqnn_status status = CLQNN_OK;
    for (cl_uint i = 0; i < list.count && i < capacity && status == CLQNN_OK; i++) status = clq_device_describe(list.ids[i], &infos[i]);
    if (status == CLQNN_OK) *count = list.count;
    free_list(&list);
    return status;
}

static int contains_ignoring_case(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && text[i] && tolower((unsigned char)text[i]) == tolower((unsigned char)part[i])) i++;
        if (!part[i]) return 1;
    }
    return !*part;
}

static clqnn_status choose_among(const clqnn_device_info *infos, size_t count, const char *selector, const clqnn_device_info **chosen)
{
    char *end = NULL;
    const unsigned long index = strtoul(selector, &end, 10);
    if (isdigit((unsigned char)selector[0]) && !*end) {
        if (index >= count) return clq_fail(CLQNN_NO_DEVICE, "device index %s: there are %zu devices, counted from 0", selector, count);
        *chosen = &infos[index];
        return CLQNN_OK;
    }
    for (size_t i = 0; i < count; i++) {
        char full[sizeof infos->platform + sizeof infos->name + 1];
        (void)snprintf(full, sizeof full, "%s %s", infos[i].platform, infos[i].name);
        if (!contains_ignoring_case(full, selector)) continue;
        *chosen = &infos[i];
        return CLQNN_OK;
    }
    return clq_fail(CLQNN_NO_DEVICE, "no device's platform and name contain '%s'; there are %zu devices", selector, count);
}

static clqnn_status fail_no_device(void)
{
    return clq_fail(CLQNN_NO_DEVICE, "no OpenCL platform or device is installed; on Debian: apt-get install pocl-opencl-icd");
}

clqnn_status clq_device_choose(const char *selector, clqnn_device_info *info)
{
    size_t count = 0;
    CLQ_FORWARD(clqnn_enumerate_devices(NULL, 0, &count));
    if (count == 0) return fail_no_device();
    clqnn_device_info *infos = calloc(count, sizeof *infos);
    if (!infos) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to describe %zu devices", count);
    const size_t capacity = count;
    clqnn_status status = clqnn_enumerate_devices(infos, capacity, &count);
    if (count > capacity) count = capacity;
    if (status == CLQNN_OK && count == 0) status = fail_no_device();
    const clqnn_device_info *chosen = &infos[0];
    if (!selector) selector = getenv("CLQNN_DEVICE");
    if (status == CLQNN_OK && selector && *selector) status = choose_among(infos, count, selector, &chosen);
    if (status == CLQNN_OK) *info = *chosen;
    free(infos);
    return status;
}
