/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one move elements of 8 bits, until another size follows. */
#undef ELEMENT
#undef SIZED
#define ELEMENT uchar
#define SIZED(name) name##_8
