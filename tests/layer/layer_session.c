/* SPDX-License-Identifier: Apache-2.0 */
#include "layer_session.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int leave(int status, const char *reason)
{
    (void)fprintf(stderr, "%s: %s\n", status == CLQ_LAYER_SKIPPED ? "skipped" : "failed", reason);
    return status;
}

int clq_layer_open(const clq_layer_control **layer)
{
    const char *path = getenv("OPENCL_LAYERS");
    if (!path || !*path) return leave(1, "OPENCL_LAYERS is not set: run this program through ctest");
    cl_platform_id platform = NULL;
    cl_uint devices = 0;
    const bool has_device = clGetPlatformIDs(1, &platform, NULL) == CL_SUCCESS && clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, NULL, &devices) == CL_SUCCESS;
    void *library = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    if (!library) return leave(CLQ_LAYER_SKIPPED, "the OpenCL loader did not load the layer that OPENCL_LAYERS names");
    *layer = dlsym(library, "clq_layer");
    if (!*layer) return leave(1, "the layer does not export clq_layer");
    if (!(*layer)->is_active()) return leave(CLQ_LAYER_SKIPPED, "the OpenCL loader did not activate the layer");
    if (!has_device || devices == 0) return leave(CLQ_LAYER_SKIPPED, "no OpenCL device is installed");
    (void)unsetenv("CLQNN_CACHE_DIR");
    return 0;
}

clq_holdings clq_holdings_read(const clq_layer_control *layer)
{
    clq_holdings now = {.host = clq_host_read()};
    layer->read(&now.opencl);
    return now;
}

bool clq_holdings_same(const clq_layer_control *layer, const clq_holdings *before, const char *what)
{
    static const char *const kinds[CLQ_LAYER_KIND_COUNT] = {"contexts", "queues", "buffers", "programs", "kernels", "events"};
    const clq_holdings now = clq_holdings_read(layer);
    bool same = true;
    for (int i = 0; i < CLQ_LAYER_KIND_COUNT; i++) {
        if (now.opencl.references[i] == before->opencl.references[i]) continue;
        (void)fprintf(stderr, "%s: references to %s were %" PRId64 ", are %" PRId64 "\n", what, kinds[i], before->opencl.references[i], now.opencl.references[i]);
        same = false;
    }
    if (now.opencl.stray_releases != before->opencl.stray_releases) {
        (void)fprintf(stderr, "%s: %" PRIu64 " stray releases\n", what, now.opencl.stray_releases - before->opencl.stray_releases);
        same = false;
    }
    if (now.host.alive != before->host.alive) {
        (void)fprintf(stderr, "%s: host blocks were %" PRId64 ", are %" PRId64 "\n", what, before->host.alive, now.host.alive);
        same = false;
    }
    return same;
}

void clq_folder_empty(const char *folder)
{
    (void)mkdir(folder, 0777);
    DIR *stream = opendir(folder);
    if (!stream) return;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] != '.' || (entry->d_name[1] != '\0' && entry->d_name[1] != '.')) (void)unlinkat(dirfd(stream), entry->d_name, 0);
    }
    (void)closedir(stream);
}

bool clq_folder_link(const char *from, const char *to)
{
    const int target = open(to, O_RDONLY | O_DIRECTORY);
    DIR *stream = opendir(from);
    bool linked = stream && target >= 0;
    for (const struct dirent *entry; linked && (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] != '.') linked = linkat(dirfd(stream), entry->d_name, target, entry->d_name, 0) == 0;
    }
    if (!linked) (void)fprintf(stderr, "cannot link the files of %s into %s\n", from, to);
    if (stream) (void)closedir(stream);
    if (target >= 0) (void)close(target);
    return linked;
}
