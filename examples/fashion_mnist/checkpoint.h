/* SPDX-License-Identifier: Apache-2.0 */
/* Training states as safetensors files: the parameters by name ("conv1.weight", [output][kernel][kernel][input]; ".gamma", ".beta", ".mean", ".variance";
 * "dense.weight", "dense.bias"; ".weight_quantizer" and ".activation_quantizer"), "optimizer.velocity", and texts: network, scheme, epoch, epochs, seed, rate. */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include "trainer.h"

/* Replaces the file by a whole one. */
bool checkpoint_write(const char *path, const net_description *net, const char *network, const char *scheme, const train_state *state);

/* Into a state that train_state_create made for this network. A file of another network, scheme or shape is a failure that names it. */
bool checkpoint_read(const char *path, const net_description *net, const char *network, const char *scheme, train_state *state);

#endif
