/* SPDX-License-Identifier: Apache-2.0 */
/* Layouts of two-bit codes, for values -1, 0 and 1 (a layout.h with elements of size 0). A column has a word of 32 bits for each group of 16 k:
 *
 *     [panel = ceil(n / panel_n)][group = ceil(k / 16)][panel_n columns]     row 4 * s + j of a group: bits 2s and 2s + 1 of byte j; code = value + 1
 *
 * so that one mask gives four consecutive rows as bytes. Padding is 0, which is no code of a value that padding needs: what reads it meets zeros of a. */
#ifndef CLQ_CODE_PANELS_H
#define CLQ_CODE_PANELS_H

#include "layout/layout.h"

/* As the functions of layout.h without `code_panels`. */
bool clq_code_panels_size(const clq_layout *layout, int64_t n, int64_t k, uint64_t *bytes);
void clq_code_panels_pack(const clq_layout *layout, const clq_matrix_view *view, void *packed);
void clq_code_panels_unpack(const clq_layout *layout, const void *packed, int64_t n, int64_t k, uint8_t *dense);
bool clq_code_panels_check(const clq_layout *layout, const void *packed, int64_t n, int64_t k);

#endif
