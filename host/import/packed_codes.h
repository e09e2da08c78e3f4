/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of 2, 3, 4, 6 or 8 bits in a dense stream, low bits first: code i in bits i * width .. of the bytes. One code a byte outside of it. */
#ifndef CLQ_PACKED_CODES_H
#define CLQ_PACKED_CODES_H

#include <stdint.h>

/* A stream that is written needs as many bytes behind its last one. They stay as they are. */
#define CLQ_CODES_SLACK 8

/* Adds codes first .. first + count - 1 to a stream in which they are 0. Of each code the low `width` bits count. */
void clq_codes_put(uint8_t *stream, int width, uint64_t first, const uint8_t *codes, int64_t count);

/* Reads codes first .. first + count - 1 of a stream of `size` bytes, none beyond. */
void clq_codes_get(const uint8_t *stream, uint64_t size, int width, uint64_t first, int64_t count, uint8_t *codes);

/* Flips the top bit of each of `count` codes: from unsigned to signed ones that are 2^(width-1) less. */
void clq_codes_flip_sign(uint8_t *stream, int width, uint64_t count);

#endif
