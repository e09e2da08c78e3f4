/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one move elements of 16 bits, until another size follows. */
#undef ELEMENT
#undef SIZED
#define ELEMENT ushort
#define SIZED(name) name##_16
