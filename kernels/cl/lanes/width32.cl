/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one work on 32 lanes, until another width follows. */
#undef LANES
#undef NAMED
#define LANES 32
#define NAMED(name) name##_32
