/* SPDX-License-Identifier: Apache-2.0 */
/* Devices, contexts, the program cache and logging. */
#ifndef CLQNN_CONTEXT_H
#define CLQNN_CONTEXT_H

#include "clqnn/status.h"
#include "clqnn/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One context serves one OpenCL device. It holds the device's capabilities, its programs and the disk cache. A program may have any number
 * of contexts; every function on a context may be called from any thread at any time, except the last release. Reference counted: plans
 * and packed weights keep their context alive. */
typedef struct clqnn_context clqnn_context;

/* One OpenCL device, as enumerated. All text is zero-terminated; what does not fit is cut. */
typedef struct clqnn_device_info {
    struct _cl_device_id *device;
    char platform[64];
    char name[128];
    char vendor[64];
    char driver[128];
    char version[128];        /* CL_DEVICE_VERSION */
    char extensions[4096];
    uint32_t vendor_id;
    int32_t is_cpu;           /* 1 if CL_DEVICE_TYPE_CPU */
    int32_t is_gpu;
    int32_t unified_memory;   /* 1 if the device shares the host's memory */
    uint32_t compute_units;
    uint32_t clock_mhz;
    uint64_t global_bytes;
    uint64_t local_bytes;
    uint64_t max_alloc_bytes;
    uint64_t max_work_group;
} clqnn_device_info;

/* Lists all devices of all platforms: GPUs first, then accelerators, then CPUs, each in the order of the loader. Writes at most `capacity`
 * entries to `infos` (which may be NULL if capacity is 0) and the number of all devices to `count`.
 * No OpenCL platform is not an error: CLQNN_OK and a count of 0. */
CLQNN_API clqnn_status clqnn_enumerate_devices(clqnn_device_info *infos, size_t capacity, size_t *count);

typedef enum clqnn_log_level { CLQNN_LOG_ERROR = 1, CLQNN_LOG_WARNING = 2, CLQNN_LOG_INFO = 3 } clqnn_log_level;

/* Called from whichever thread works, possibly from several at once. `message` is valid during the call only. Must not call clqnn. */
typedef void (*clqnn_log_function)(void *user, clqnn_log_level level, const char *message);

typedef enum clqnn_cache_mode {
    CLQNN_CACHE_DEFAULT = 0, /* the folder CLQNN_CACHE_DIR, else `cache_folder`, else $XDG_CACHE_HOME/clqnn, else ~/.cache/clqnn */
    CLQNN_CACHE_OFF = 1      /* nothing is read from or written to disk */
} clqnn_cache_mode;

/* What the threads of a CPU device do between two calls that are both queued on one in-order queue. A sleeping thread takes about 10 us to wake. */
typedef enum clqnn_active_wait {
    CLQNN_ACTIVE_WAIT_DEFAULT = 0, /* on CPUs through PoCL: they spin until the next queued call begins, at most about 30 us a call, in a tiny kernel
                                      on a private queue; nothing spins while nothing is queued, and on other devices there is no such queue */
    CLQNN_ACTIVE_WAIT_OFF = 1      /* they sleep: for programs that share the cores with others */
} clqnn_active_wait;

/* Zero-initialise, set struct_size to sizeof(clqnn_context_desc), then set what differs from the default. */
typedef struct clqnn_context_desc {
    size_t struct_size;
    const char *device;             /* index into clqnn_enumerate_devices as decimal text, or part of "platform name" (case-insensitive);
                                       NULL: CLQNN_DEVICE from the environment, else the first GPU, else the first device */
    clqnn_cache_mode cache;
    const char *cache_folder;       /* NULL: see CLQNN_CACHE_DEFAULT */
    uint64_t cache_max_bytes;       /* 0: 256 MiB; the oldest entries go first */
    clqnn_log_function log;
    void *log_user;
    clqnn_active_wait active_wait;
} clqnn_context_desc;

/* Creates a context with an OpenCL context of its own. `desc` may be NULL for all defaults. Capabilities are probed once a device and driver;
 * later processes read the verdicts from the disk cache. Blocks (about a second on the very first probe, milliseconds later).
 * A cache folder that can't be used is a warning in the log, not an error: the context works without it.
 * CLQNN_NO_DEVICE when nothing is installed or nothing matches. To wrap a cl_context of your own: clqnn/opencl.h. */
CLQNN_API clqnn_status clqnn_context_create(const clqnn_context_desc *desc, clqnn_context **context);

/* Takes and drops a reference; NULL is allowed. */
CLQNN_API clqnn_context *clqnn_context_retain(clqnn_context *context);
CLQNN_API void clqnn_context_release(clqnn_context *context);

/* The device of a context; CLQNN_INVALID_ARGUMENT for null pointers. */
CLQNN_API clqnn_status clqnn_context_device(const clqnn_context *context, clqnn_device_info *info);

/* One capability and its probe's verdict. All text is static. */
typedef struct clqnn_capability {
    const char *name;      /* "x86_avx512_vnni" */
    const char *purpose;   /* what it stands for, one line */
    int32_t available;     /* 1: compiled, ran, right answer */
    const char *verdict;   /* "right answer", "not a CPU device of this host", "did not compile", ... */
} clqnn_capability;

/* Writes at most `capacity` entries and the number of all capabilities to `count`. */
CLQNN_API clqnn_status clqnn_context_capabilities(const clqnn_context *context, clqnn_capability *list, size_t capacity, size_t *count);

/* The folder in use, or "" when the disk cache is off. Valid as long as the context. */
CLQNN_API const char *clqnn_context_cache_folder(const clqnn_context *context);

#ifdef __cplusplus
}
#endif
#endif
