/* SPDX-License-Identifier: Apache-2.0 */
/* The peers that need no other library at build time. */
#ifndef CLQ_BUILTIN_PEERS_H
#define CLQ_BUILTIN_PEERS_H

#include "peer.h"

extern const clq_peer clq_int8_peer;        /* the library's own 8-bit call, beside one of bits */
extern const clq_peer clq_reference_peer;   /* libclqnn_reference: scalar C, one thread */
extern const clq_peer clq_onnxruntime_peer; /* ONNX Runtime in a Python process (onnxruntime_peer.py) */

#endif
