/* SPDX-License-Identifier: Apache-2.0 */
/* The parts after this one work on 16 lanes, until another width follows. */
#undef LANES
#undef NAMED
#define LANES 16
#define NAMED(name) name##_16
