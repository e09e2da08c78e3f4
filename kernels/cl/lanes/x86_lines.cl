/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of LINE_BYTES bytes, a register each (32: AVX2, 64: AVX-512), and instructions on them that OpenCL C has no word for. The text is
 * the same for both widths: the registers decide. Unpacking and packing work within lanes of 16 bytes, so that the one undoes the other's
 * order. After op/vector_memory. */
#if LINE_BYTES == 64
typedef uint16 line;
typedef float16 line_floats;
#define LINE_ROUND_EVEN "vcvtps2dq %{rn-sae%}, %1, %0"
#define line_to_floats(x) convert_float16(as_int16(x))
#define line_as_floats(x) as_float16(x)
#define line_of_floats(x) as_uint16(x)
#define line_shift_signed(x, count) as_uint16(as_int16(x) >> (int16)(count))
#elif LINE_BYTES == 32
typedef uint8 line;
typedef float8 line_floats;
#define LINE_ROUND_EVEN "vcvtps2dq %1, %0"   /* the rounding mode is the default */
#define line_to_floats(x) convert_float8(as_int8(x))
#define line_as_floats(x) as_float8(x)
#define line_of_floats(x) as_uint8(x)
#define line_shift_signed(x, count) as_uint8(as_int8(x) >> (int8)(count))
#else
#error "LINE_BYTES is 32 or 64"
#endif
typedef line line_anywhere __attribute__((aligned(1)));

/* A line byte by byte. */
typedef union line_bytes {
    line all;
    uchar bytes[LINE_BYTES];
} line_bytes;

#define X86_TWO(name, instruction) \
    INLINED line name(line first, line second) \
    { \
        line result; \
        __asm__(instruction " %2, %1, %0" : "=v"(result) : "v"(first), "v"(second)); \
        return result; \
    }
X86_TWO(unpack_low_bytes, "vpunpcklbw")
X86_TWO(unpack_high_bytes, "vpunpckhbw")
X86_TWO(unpack_low_words, "vpunpcklwd")
X86_TWO(unpack_high_words, "vpunpckhwd")
X86_TWO(pack_words, "vpackssdw")
X86_TWO(pack_bytes, "vpackuswb")
X86_TWO(add_words, "vpaddsw")
X86_TWO(subtract_words, "vpsubw")
X86_TWO(multiply_low_words, "vpmullw")
X86_TWO(multiply_high_words, "vpmulhw")
X86_TWO(multiply_pairs, "vpmaddwd")   /* of signed words; the two products of each pair added */
X86_TWO(multiply_byte_pairs, "vpmaddubsw")   /* unsigned bytes by signed ones; the two products of each pair added, limited to words */
X86_TWO(max_bytes, "vpmaxub")
X86_TWO(min_bytes, "vpminub")

INLINED line round_even(line_floats x)
{
    line result;
    __asm__(LINE_ROUND_EVEN : "=v"(result) : "v"(x));
    return result;
}

INLINED line permute_dwords(line x, line index)
{
    line result;
    __asm__("vpermd %1, %2, %0" : "=v"(result) : "v"(x), "v"(index));
    return result;
}

/* What packs of two lines leave in halves of each 16 bytes, and packs of packs in quarters: in the order of the lines. */
#if LINE_BYTES == 64
#define LINE_HALVES (line)(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15)
#define LINE_QUARTERS (line)(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
#else
#define LINE_HALVES (line)(0, 1, 4, 5, 2, 3, 6, 7)
#define LINE_QUARTERS (line)(0, 4, 1, 5, 2, 6, 3, 7)
#endif

INLINED line line_halves_in_order(line x)
{
    return permute_dwords(x, LINE_HALVES);
}

INLINED line line_quarters_in_order(line x)
{
    return permute_dwords(x, LINE_QUARTERS);
}

INLINED line line_of_byte(uint byte)
{
    return (line)((byte & 255) * 0x01010101u);
}

INLINED line line_of_word(uint word)
{
    return (line)((word & 0xffff) * 0x00010001u);
}

INLINED line load_line(__global const uchar *from)
{
    return *(__global const line_anywhere *)from;
}

/* Past the caches where `streams`; the address is then one of a whole line. */
INLINED void store_line(__global uchar *to, line value, bool streams)
{
    if (streams) __builtin_nontemporal_store(value, (__global line *)to);
    else *(__global line_anywhere *)to = value;
}

/* A bit for each byte that differs. */
INLINED ulong bytes_that_differ(line first, line second)
{
#if LINE_BYTES == 64
    ulong mask;
    __asm__("vpcmpub $4, %2, %1, %%k1\n\tkmovq %%k1, %0" : "=r"(mask) : "v"(first), "v"(second) : "k1");
    return mask;
#else
    line equal;
    uint mask;
    __asm__("vpcmpeqb %2, %1, %0" : "=v"(equal) : "v"(first), "v"(second));
    __asm__("vpmovmskb %1, %0" : "=r"(mask) : "v"(equal));
    return (ulong)~mask;
#endif
}
