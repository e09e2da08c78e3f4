/* SPDX-License-Identifier: Apache-2.0 */
/* The next arrange/move_tiles moves tiles of bytes in registers; arrange/tile_elements ends that. */
#define TILE_BYTES
