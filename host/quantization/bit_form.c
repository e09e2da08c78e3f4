/* SPDX-License-Identifier: Apache-2.0 */
#include "quantization/bit_form.h"

static bool within(clqnn_type type, clqnn_type first, clqnn_type last)
{
    return (int)type >= (int)first && (int)type <= (int)last;
}

bool clq_is_bits(clqnn_type type)
{
    return type == CLQNN_B1 || type == CLQNN_T2 || clq_is_plane_integer(type) || within(type, CLQNN_PO1, CLQNN_PO8);
}

bool clq_is_plane_integer(clqnn_type type)
{
    return within(type, CLQNN_PU1, CLQNN_PU8) || within(type, CLQNN_PS2, CLQNN_PS8);
}

bool clq_bit_form_of(clqnn_type type, clq_bit_form *form)
{
    if (!clq_is_bits(type)) return false;
    const int32_t planes = (int32_t)clqnn_type_bits(type), codes = 1 << planes;
    const bool is_signed = type == CLQNN_T2 || within(type, CLQNN_PS2, CLQNN_PS8);
    *form = (clq_bit_form){.planes = planes, .alpha = 1, .low = is_signed ? -codes / 2 : 0, .high = is_signed ? codes / 2 - 1 : codes - 1};
    for (int32_t i = 0; i < planes; i++) form->weights[i] = is_signed && i == planes - 1 ? -(1 << i) : 1 << i;
    form->has_zero_point = clq_is_plane_integer(type);
    form->is_sign = type == CLQNN_B1 || type == CLQNN_PO1;
    if (type == CLQNN_T2) form->low = -1; /* the sign is set only where the value is not 0 */
    if (type == CLQNN_B1) {
        form->alpha = -2;
        form->lambda = 1;
    } else if (!is_signed && !form->has_zero_point) {
        form->alpha = 2;
        form->lambda = 1 - codes;
    }
    if (form->lambda) {
        form->low = 1 - codes;
        form->high = codes - 1;
    }
    return true;
}

int64_t clq_bit_groups(int64_t values)
{
    return (values + CLQ_WORD_VALUES - 1) / CLQ_WORD_VALUES;
}

int64_t clq_bit_room(int64_t values)
{
    return clq_bit_groups(values) * CLQ_WORD_VALUES;
}
