/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays that several formats have alike: copied into the object, then checked there. */
#ifndef CLQ_IMPORT_ARRAYS_H
#define CLQ_IMPORT_ARRAYS_H

#include "import/imported.h"

/* All scales, or offsets where the object has them, or float zero points, are finite. */
clqnn_status clq_imported_check_floats(const clqnn_imported *imported);

/* Scales of the object's type and shape. */
clqnn_status clq_imported_take_scales(clqnn_imported *imported, const void *scales);

/* k entries of int32; forgotten where they say no more than row / size. The object was created with has_index. */
clqnn_status clq_imported_take_index(clqnn_imported *imported, const void *index);

#endif
