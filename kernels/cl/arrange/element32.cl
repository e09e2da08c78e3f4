/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one move elements of 32 bits, until another size follows. */
#undef ELEMENT
#undef SIZED
#define ELEMENT uint
#define SIZED(name) name##_32
