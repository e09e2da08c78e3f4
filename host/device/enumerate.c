/* SPDX-License-Identifier: Apache-2.0 */
#include "device/enumerate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/opencl_error.h"

static void device_text(cl_device_id device, cl_device_info what, char *text, size_t capacity)
{
    size_t size = 0;
    text[0] = '\0';
    if (clGetDeviceInfo(device, what, 0, NULL, &size) != CL_SUCCESS || size == 0) return;
    char *whole = malloc(size + 1);
    if (!whole) return;
    if (clGetDeviceInfo(device, what, size, whole, NULL) == CL_SUCCESS) {
        whole[size] = '\0';
        (void)snprintf(text, capacity, "%s", whole);
    }
    free(whole);
}

static uint64_t device_number(cl_device_id device, cl_device_info what, size_t size)
{
    uint64_t value = 0;
    return clGetDeviceInfo(device, what, size, &value, NULL) == CL_SUCCESS ? value : 0;
}

clqnn_status clq_device_describe(cl_device_id device, clqnn_device_info *info)
{
    memset(info, 0, sizeof *info);
    cl_platform_id platform = NULL;
    cl_device_type type = 0;
    CLQ_FORWARD_OPENCL("clGetDeviceInfo(CL_DEVICE_PLATFORM)", clGetDeviceInfo(device, CL_DEVICE_PLATFORM, sizeof platform, &platform, NULL));
    CLQ_FORWARD_OPENCL("clGetDeviceInfo(CL_DEVICE_TYPE)", clGetDeviceInfo(device, CL_DEVICE_TYPE, sizeof type, &type, NULL));
    char name[256] = "";
    (void)clGetPlatformInfo(platform, CL_PLATFORM_NAME, sizeof name - 1, name, NULL);
    (void)snprintf(info->platform, sizeof info->platform, "%.*s", (int)sizeof info->platform - 1, name);
    info->device = device;
    device_text(device, CL_DEVICE_NAME, info->name, sizeof info->name);
    device_text(device, CL_DEVICE_VENDOR, info->vendor, sizeof info->vendor);
    device_text(device, CL_DRIVER_VERSION, info->driver, sizeof info->driver);
    device_text(device, CL_DEVICE_VERSION, info->version, sizeof info->version);
    device_text(device, CL_DEVICE_EXTENSIONS, info->extensions, sizeof info->extensions);
    info->vendor_id = (uint32_t)device_number(device, CL_DEVICE_VENDOR_ID, sizeof(cl_uint));
    info->is_cpu = (type & CL_DEVICE_TYPE_CPU) != 0;
    info->is_gpu = (type & CL_DEVICE_TYPE_GPU) != 0;
    info->unified_memory = device_number(device, CL_DEVICE_HOST_UNIFIED_MEMORY, sizeof(cl_bool)) != 0;
    info->compute_units = (uint32_t)device_number(device, CL_DEVICE_MAX_COMPUTE_UNITS, sizeof(cl_uint));
    info->clock_mhz = (uint32_t)device_number(device, CL_DEVICE_MAX_CLOCK_FREQUENCY, sizeof(cl_uint));
    info->global_bytes = device_number(device, CL_DEVICE_GLOBAL_MEM_SIZE, sizeof(cl_ulong));
    info->local_bytes = device_number(device, CL_DEVICE_LOCAL_MEM_SIZE, sizeof(cl_ulong));
    info->max_alloc_bytes = device_number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE, sizeof(cl_ulong));
    info->max_work_group = device_number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE, sizeof(size_t));
    return CLQNN_OK;
}

/* GPUs, then everything else that is no CPU, then CPUs. */
static int kind_of(cl_device_id device)
{
    const uint64_t type = device_number(device, CL_DEVICE_TYPE, sizeof(cl_device_type));
    return type & CL_DEVICE_TYPE_GPU ? 0 : type & CL_DEVICE_TYPE_CPU ? 2 : 1;
}

static cl_int list_devices(cl_device_id **devices, cl_uint *count)
{
    cl_platform_id platforms[64];
    cl_uint platform_count = 0;
    *devices = NULL;
    *count = 0;
    if (clGetPlatformIDs(64, platforms, &platform_count) != CL_SUCCESS) return CL_SUCCESS; /* no platform: CL_PLATFORM_NOT_FOUND_KHR */
    if (platform_count > 64) platform_count = 64;
    cl_uint total = 0;
    for (cl_uint p = 0; p < platform_count; p++) {
        cl_uint here = 0;
        if (clGetDeviceIDs(platforms[p], CL_DEVICE_TYPE_ALL, 0, NULL, &here) == CL_SUCCESS) total += here;
    }
    if (total == 0) return CL_SUCCESS;
    cl_device_id *list = calloc(total, sizeof *list);
    if (!list) return CL_OUT_OF_HOST_MEMORY;
    cl_uint used = 0;
    for (cl_uint p = 0; p < platform_count && used < total; p++) {
        cl_uint here = 0;
        if (clGetDeviceIDs(platforms[p], CL_DEVICE_TYPE_ALL, total - used, list + used, &here) == CL_SUCCESS) used += here < total - used ? here : total - used;
    }
    cl_device_id *sorted = calloc(total, sizeof *sorted);
    if (!sorted) {
        free(list);
        return CL_OUT_OF_HOST_MEMORY;
    }
    for (int kind = 0; kind < 3; kind++) {
        for (cl_uint i = 0; i < used; i++) {
            if (kind_of(list[i]) == kind) sorted[(*count)++] = list[i];
        }
    }
    free(list);
    *devices = sorted;
    return CL_SUCCESS;
}

clqnn_status clqnn_enumerate_devices(clqnn_device_info *infos, size_t capacity, size_t *count)
{
    if (!count) return clq_fail(CLQNN_INVALID_ARGUMENT, "count is NULL");
    if (!infos && capacity) return clq_fail(CLQNN_INVALID_ARGUMENT, "infos is NULL but capacity is %zu", capacity);
    cl_device_id *devices = NULL;
    cl_uint found = 0;
    CLQ_FORWARD_OPENCL("listing the devices", list_devices(&devices, &found));
    clqnn_status status = CLQNN_OK;
    for (cl_uint i = 0; i < found && i < capacity && status == CLQNN_OK; i++) status = clq_device_describe(devices[i], &infos[i]);
    free(devices);
    if (status == CLQNN_OK) *count = found;
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

clqnn_status clq_device_choose(const char *selector, clqnn_device_info *info)
{
    size_t count = 0;
    CLQ_FORWARD(clqnn_enumerate_devices(NULL, 0, &count));
    if (count == 0) return clq_fail(CLQNN_NO_DEVICE, "no OpenCL platform or device is installed; on Debian: apt-get install pocl-opencl-icd");
    clqnn_device_info *infos = calloc(count, sizeof *infos);
    if (!infos) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to describe %zu devices", count);
    const size_t capacity = count;
    clqnn_status status = clqnn_enumerate_devices(infos, capacity, &count);
    if (count > capacity) count = capacity;
    const clqnn_device_info *chosen = &infos[0];
    if (!selector) selector = getenv("CLQNN_DEVICE");
    if (status == CLQNN_OK && selector && *selector) status = choose_among(infos, count, selector, &chosen);
    if (status == CLQNN_OK) *info = *chosen;
    free(infos);
    return status;
}
