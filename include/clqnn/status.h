/* SPDX-License-Identifier: Apache-2.0 */
/* How every call reports: a status with a pinned value, and a message for people. */
#ifndef CLQNN_STATUS_H
#define CLQNN_STATUS_H

#include "clqnn/export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Values are part of the ABI: new ones are appended, none is ever renumbered. */
typedef enum clqnn_status {
    CLQNN_OK = 0,
    CLQNN_INVALID_ARGUMENT = 1,   /* null pointer, unknown enumerator, a field out of its range */
    CLQNN_INVALID_SHAPE = 2,      /* a dimension, stride or size that is negative, too large or does not fit the others */
    CLQNN_INVALID_QUANTIZATION = 3, /* a scale, zero point, multiplier or shift that has no meaning */
    CLQNN_OVERFLOW = 4,           /* the 32-bit accumulator could overflow; the message names the bound */
    CLQNN_UNSUPPORTED = 5,        /* meaningful, but no kernel of this version does it; the message says what is missing */
    CLQNN_NO_DEVICE = 6,          /* no OpenCL platform or device, or none matches */
    CLQNN_OUT_OF_MEMORY = 7,      /* host or device memory */
    CLQNN_BUILD_FAILED = 8,       /* an OpenCL program did not build; the message carries the build log */
    CLQNN_OPENCL_ERROR = 9,       /* an OpenCL call failed; the message carries its name and code */
    CLQNN_CORRUPT_DATA = 10,      /* a packed blob or a file is damaged, truncated or foreign */
    CLQNN_BUFFER_TOO_SMALL = 11,  /* a caller's buffer or region is smaller than the call needs */
    CLQNN_IO_ERROR = 12           /* a file or folder could not be read or written */
} clqnn_status;

/* The enumerator's name, "CLQNN_OK"; "unknown status" for a value outside the list. Static storage. Thread-safe. */
CLQNN_API const char *clqnn_status_name(clqnn_status status);

/* What the last failing clqnn call of *this thread* said, naming the field and its value. Empty before the first failure; successful calls leave
 * it alone. The text stays valid until the next clqnn call of the same thread. */
CLQNN_API const char *clqnn_last_error(void);

#ifdef __cplusplus
}
#endif
#endif
