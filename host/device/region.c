/* SPDX-License-Identifier: Apache-2.0 */
#include "device/region.h"

#include "core/checked.h"
#include "core/message.h"
#include "device/opencl_error.h"

/* Where a buffer stands in its root. */
static clqnn_status find_root(cl_mem memory, cl_mem *root, uint64_t *offset)
{
    cl_mem parent = NULL;
    size_t origin = 0;
    CLQ_FORWARD_OPENCL("clGetMemObjectInfo(CL_MEM_ASSOCIATED_MEMOBJECT)", clGetMemObjectInfo(memory, CL_MEM_ASSOCIATED_MEMOBJECT, sizeof parent, &parent, NULL));
    if (parent) CLQ_FORWARD_OPENCL("clGetMemObjectInfo(CL_MEM_OFFSET)", clGetMemObjectInfo(memory, CL_MEM_OFFSET, sizeof origin, &origin, NULL));
    *root = parent ? parent : memory;
    *offset = origin;
    return CLQNN_OK;
}

clqnn_status clq_region_check(const char *name, const clqnn_region *region, uint64_t bytes, uint64_t alignment, cl_context context, clq_extent *extent)
{
    *extent = (clq_extent){0};
    if (!region->memory) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.memory is NULL", name);
    if (region->offset % alignment != 0) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.offset is %llu, must be a multiple of %llu", name, (unsigned long long)region->offset, (unsigned long long)alignment);
    }
    cl_mem_object_type type = 0;
    cl_context owner = NULL;
    size_t size = 0;
    cl_int code = clGetMemObjectInfo(region->memory, CL_MEM_TYPE, sizeof type, &type, NULL);
    if (code == CL_SUCCESS) code = clGetMemObjectInfo(region->memory, CL_MEM_CONTEXT, sizeof owner, &owner, NULL);
    if (code == CL_SUCCESS) code = clGetMemObjectInfo(region->memory, CL_MEM_SIZE, sizeof size, &size, NULL);
    if (code != CL_SUCCESS) return clq_fail_within(clq_fail_opencl("clGetMemObjectInfo", code), name);
    if (type != CL_MEM_OBJECT_BUFFER) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.memory is not a buffer", name);
    if (owner != context) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.memory belongs to another OpenCL context than the plan", name);
    uint64_t end = 0, origin = 0;
    if (!clq_add(region->offset, bytes, &end) || end > size) {
        return clq_fail(CLQNN_BUFFER_TOO_SMALL, "%s needs %llu bytes from offset %llu, but its buffer has %zu", name, (unsigned long long)bytes,
                        (unsigned long long)region->offset, size);
    }
    CLQ_FORWARD(find_root(region->memory, &extent->root, &origin));
    extent->begin = origin + region->offset;
    extent->end = origin + end;
    return CLQNN_OK;
}

clqnn_status clq_span_check(const char *name, int64_t span, clqnn_type type, uint64_t most)
{
    const uint64_t bytes = ((uint64_t)span * clqnn_type_bits(type) + 7) / 8;
    if (bytes <= most) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s takes %llu bytes, beyond the device's largest allocation of %llu", name, (unsigned long long)bytes,
                    (unsigned long long)most);
}

bool clq_extents_overlap(const clq_extent *a, const clq_extent *b)
{
    return a->root && a->root == b->root && a->begin < b->end && b->begin < a->end;
}

bool clq_footprints_meet(const clq_footprint *a, const clq_footprint *b)
{
    if (!clq_extents_overlap(&a->extent, &b->extent)) return false;
    if (a->period != b->period || a->period == 0) return true;
    const uint64_t distance = (b->extent.begin + a->period - a->extent.begin % a->period) % a->period;
    return distance < a->length || distance + b->length > a->period;
}
