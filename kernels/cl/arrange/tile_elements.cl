/* SPDX-License-Identifier: Apache-2.0 */
/* The arrange/move_tiles after this one move element by element. */
#undef TILE_BYTES
