/* SPDX-License-Identifier: Apache-2.0 */
/* A dot/ part stands before this one and defines dot4. */
__kernel void probe_dot4(__global const uint *a, __global const uint *b, __global int *out)
{
    const size_t i = get_global_id(0);
    out[i] = dot4(a[i], b[i], (int)i - 7);
}
