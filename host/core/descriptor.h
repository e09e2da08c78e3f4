/* SPDX-License-Identifier: Apache-2.0 */
/* Append-only descriptors: what struct_size means. */
#ifndef CLQ_DESCRIPTOR_H
#define CLQ_DESCRIPTOR_H

#include "core/message.h"

/* Copies a caller's descriptor, whose first field is its struct_size, into `copy` of `size` bytes. A longer one (a newer caller) is accepted if the
 * tail that this version does not know is zero; one shorter than `first_size`, the size in the first version, is refused. */
clqnn_status clq_descriptor_copy(const char *name, const void *descriptor, void *copy, size_t size, size_t first_size);

#endif
