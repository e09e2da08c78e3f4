/* SPDX-License-Identifier: Apache-2.0 */
/* dot4 (see dot/portable) by AMD's dot instructions, not saturating: sdot4 on gfx906 .. gfx10; gfx11 has only sudot4, which takes the
 * signedness of each operand. */
static inline int dot4(uint a, uint b, int acc)
{
#if defined(__gfx1100__) || defined(__gfx1101__) || defined(__gfx1102__) || defined(__gfx1103__) || defined(__GFX11__) || defined(__GFX12__)
    return __builtin_amdgcn_sudot4(true, (int)a, true, (int)b, acc, false);
#else
    return __builtin_amdgcn_sdot4((int)a, (int)b, acc, false);
#endif
}
