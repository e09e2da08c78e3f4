/* SPDX-License-Identifier: Apache-2.0 */
/* fake_quant/fake_quant_code for 16 elements, on a CPU whose division is correctly rounded (after op/vector_memory). */
typedef float16 fake_floats;
typedef int16 fake_ints;
#define FAKE_AS_FLOATS as_float16
#define FAKE_AS_INTS as_int16
#define FAKE_TO_FLOATS(x) __builtin_convertvector(x, float16)   /* one instruction, where convert_float16 is one an element */

INLINED float16 fake_divide(float16 a, float16 b)
{
    return a / b;
}

INLINED float16 fake_quotient(float16 x, float16 scale)
{
    return x / scale;
}
