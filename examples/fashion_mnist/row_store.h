/* SPDX-License-Identifier: Apache-2.0 */
/* Results of rows as small text files in the checkpoint folder, so that a table that was interrupted, or made in parts, need not be measured again. */
#ifndef ROW_STORE_H
#define ROW_STORE_H

#include "experiment.h"

/* Replaces the row's file by a whole one. */
bool row_store_write(const char *folder, const char *network, const table_row *row, const row_result *result);

/* False where there is none, or one that is not whole: the row is measured again then. Says nothing. */
bool row_store_read(const char *folder, const char *network, const table_row *row, row_result *result);

#endif
