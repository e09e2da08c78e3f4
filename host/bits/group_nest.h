/* SPDX-License-Identifier: Apache-2.0 */
/* Loops over the groups of 32 values of a tensor of bit planes and of another tensor of its shape. Pure. */
#ifndef CLQ_GROUP_NEST_H
#define CLQ_GROUP_NEST_H

#include "op/op_planes.h"

enum { CLQ_GROUP_PLANES, CLQ_GROUP_OTHER, CLQ_GROUP_LAST };   /* operands; the last: index along the last dimension of a group's first value */

/* Collapsed; strides count values. `alike`: nothing depends on a group's place in its row; without incomplete groups CLQ_GROUP_LAST is then 0 everywhere. */
clq_nest clq_group_nest(const clq_tensor *planes, const clq_tensor *other, bool alike);

#endif
