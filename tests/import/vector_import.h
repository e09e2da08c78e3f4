/* SPDX-License-Identifier: Apache-2.0 */
/* Imports what a vector file holds. */
#ifndef CLQ_VECTOR_IMPORT_H
#define CLQ_VECTOR_IMPORT_H

#include "clqnn/import.h"
#include "vector_file.h"

/* CLQNN_UNSUPPORTED for a format that the tests do not know. */
clqnn_status vector_import(vector_file *vector, clqnn_imported **imported);

#endif
