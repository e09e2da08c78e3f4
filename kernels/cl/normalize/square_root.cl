/* SPDX-License-Identifier: Apache-2.0 */
/* clq_square_root(a): the correctly rounded root of a positive normal float, on devices whose own sqrt may be off. With a = m * 4^q and m in [2^46, 2^48) as an
 * integer, the root has 24 bits before the point: integers decide. */
static inline float clq_square_root(float a)
{
    const int bits = as_int(a), exponent = (bits >> 23) - 127 - 23;           /* a = significand * 2^exponent */
    const ulong significand = (ulong)((bits & 0x7fffff) | 0x800000);
    const int is_odd = (exponent - 23) & 1;
    const ulong square = significand << (23 + is_odd);
    const int half_exponent = (exponent - 23 - is_odd) / 2;                   /* exact: the difference is even */
    ulong root = (ulong)sqrt((float)square);
    while (root * root > square) root--;
    while ((root + 1) * (root + 1) <= square) root++;
    if (square - root * root > root) root++;                                  /* above the middle, root + 1/2; never on it */
    return as_float((half_exponent + 23 + 127) * 0x800000 + (int)(root - 0x800000)); /* 2^24 carries into the exponent */
}
