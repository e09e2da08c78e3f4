/* SPDX-License-Identifier: Apache-2.0 */
/* The table of epilogue/conv_store for 64 finished bytes at a time, in AVX-512 BW: 16 entries are one shuffle, and an index that is not among them is moved
 * to where a shuffle gives 0. */
typedef struct x86_table {
    int16 entries[16]; /* 16 bytes of the table, four times */
} x86_table;

static inline void x86_load_table(__global const uchar *table, x86_table *t)
{
    for (int i = 0; i < 16; i++) {
        const int4 entries = (int4)(as_int(vload4(0, table + i * 16)), as_int(vload4(1, table + i * 16)), as_int(vload4(2, table + i * 16)), as_int(vload4(3, table + i * 16)));
        t->entries[i] = (int16)(entries, entries, entries, entries);
    }
}

/* bytes - 16 * i is 0 .. 15 for the entries of i; with 0x70 added, saturated, all others have their top bit set. */
static inline int16 x86_look_up(const x86_table *t, int16 bytes)
{
    const int16 sixteen = 0x10101010, raise = 0x70707070;
    int16 found = 0;
    for (int i = 0; i < 16; i++) {
        int16 part;
        __asm__("vpaddusb %2,%1,%0\n\tvpshufb %0,%3,%0" : "=&v"(part) : "v"(bytes), "v"(raise), "v"(t->entries[i]));
        __asm__("vpsubb %1,%0,%0" : "+v"(bytes) : "v"(sixteen));
        found |= part;
    }
    return found;
}
