/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of one device buffer. The region given to the library starts at `offset`; nothing follows the last element of an input, so that a tool
 * that watches memory sees every over-read. What lies between elements holds random data in inputs. */
#ifndef CLQ_HOST_BYTES_H
#define CLQ_HOST_BYTES_H

#include <stddef.h>

typedef struct clq_host_bytes {
    unsigned char *data; /* NULL if size is 0 */
    size_t size;
    size_t offset;
} clq_host_bytes;

#endif
