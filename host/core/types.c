/* SPDX-License-Identifier: Apache-2.0 */
#include "clqnn/types.h"
#include "clqnn/version.h"

static const struct {
    const char *name;
    size_t bits;
} types[] = {
    [CLQNN_TYPE_NONE] = {"none", 0},
    [CLQNN_S8] = {"s8", 8},
    [CLQNN_U8] = {"u8", 8},
    [CLQNN_S32] = {"s32", 32},
    [CLQNN_F32] = {"f32", 32},
    [CLQNN_F16] = {"f16", 16},
    [CLQNN_S16] = {"s16", 16},
    [CLQNN_S4] = {"s4", 4},
    [CLQNN_U4] = {"u4", 4},
    [CLQNN_BF16] = {"bf16", 16},
    [CLQNN_F8E4M3] = {"f8e4m3", 8},
    [CLQNN_F8E5M2] = {"f8e5m2", 8},
    [CLQNN_S2] = {"s2", 2},
    [CLQNN_U2] = {"u2", 2},
    [CLQNN_S3] = {"s3", 3},
    [CLQNN_U3] = {"u3", 3},
    [CLQNN_S6] = {"s6", 6},
    [CLQNN_U6] = {"u6", 6},
    [CLQNN_B1] = {"b1", 1},
    [CLQNN_T2] = {"t2", 2},
    [CLQNN_PU1] = {"pu1", 1},
    [CLQNN_PU2] = {"pu2", 2},
    [CLQNN_PU3] = {"pu3", 3},
    [CLQNN_PU4] = {"pu4", 4},
    [CLQNN_PU5] = {"pu5", 5},
    [CLQNN_PU6] = {"pu6", 6},
    [CLQNN_PU7] = {"pu7", 7},
    [CLQNN_PU8] = {"pu8", 8},
    [CLQNN_PS2] = {"ps2", 2},
    [CLQNN_PS3] = {"ps3", 3},
    [CLQNN_PS4] = {"ps4", 4},
    [CLQNN_PS5] = {"ps5", 5},
    [CLQNN_PS6] = {"ps6", 6},
    [CLQNN_PS7] = {"ps7", 7},
    [CLQNN_PS8] = {"ps8", 8},
    [CLQNN_PO1] = {"po1", 1},
    [CLQNN_PO2] = {"po2", 2},
    [CLQNN_PO3] = {"po3", 3},
    [CLQNN_PO4] = {"po4", 4},
    [CLQNN_PO5] = {"po5", 5},
    [CLQNN_PO6] = {"po6", 6},
    [CLQNN_PO7] = {"po7", 7},
    [CLQNN_PO8] = {"po8", 8},
};

const char *clqnn_type_name(clqnn_type type)
{
    return (unsigned)type < sizeof types / sizeof types[0] ? types[type].name : NULL;
}

size_t clqnn_type_bits(clqnn_type type)
{
    return (unsigned)type < sizeof types / sizeof types[0] ? types[type].bits : 0;
}

size_t clqnn_type_size(clqnn_type type)
{
    return clqnn_type_bits(type) / 8;
}

#define TEXT_OF(number) TEXT(number)
#define TEXT(number) #number

const char *clqnn_version(void)
{
    return TEXT_OF(CLQNN_VERSION_MAJOR) "." TEXT_OF(CLQNN_VERSION_MINOR) "." TEXT_OF(CLQNN_VERSION_PATCH);
}
