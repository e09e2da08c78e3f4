/* SPDX-License-Identifier: Apache-2.0 */
/* How portable kernels that work element by element share elements out: a work-group takes LAYER_GROUP * LAYER_EACH neighbours, in each step one a work-item, so
 * that a group's loads are one run. Compiled twice: the numbers in C too. */
#define LAYER_GROUP 64
#define LAYER_EACH 4
