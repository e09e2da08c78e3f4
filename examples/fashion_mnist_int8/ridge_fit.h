/* SPDX-License-Identifier: Apache-2.0 */
/* Fits the second layer in closed form: ridge regression of the class (1 for its own score, 0 for the others) on the hidden units. */
#ifndef RIDGE_FIT_H
#define RIDGE_FIT_H

#include <stdbool.h>

#include "float_network.h"

/* Minimises mean |hidden * second + second_bias - target|^2 + penalty * |second|^2, the penalty being `ridge` times the mean variance of a hidden unit.
 * Works in four threads on fixed shares of the images: the result does not depend on the number of cores. False: no memory, or no solution. */
bool ridge_fit(float_network *network, const labelled_images *images, double ridge);

#endif
