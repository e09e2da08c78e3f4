/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one work on 64 lanes, until another width follows. */
#undef LANES
#undef NAMED
#define LANES 64
#define NAMED(name) name##_64
