/* SPDX-License-Identifier: Apache-2.0 */
/* The device's own float division. */
__kernel void probe_divide(__global const uint *a, __global const uint *b, __global int *out)
{
    const size_t i = get_global_id(0);
    out[i] = as_int(as_float(a[i]) / as_float(b[i]));
}
