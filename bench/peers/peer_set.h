/* SPDX-License-Identifier: Apache-2.0 */
/* The peers of one run: which were asked for, which are here, and why the others are not. */
#ifndef CLQ_PEER_SET_H
#define CLQ_PEER_SET_H

#include "peer.h"

enum { CLQ_MAX_PEERS = 8 };

typedef struct clq_peer_slot {
    const char *name;      /* static */
    const clq_peer *peer;  /* NULL: absent */
    char reason[256];      /* why it is absent */
    void *module;
} clq_peer_slot;

typedef struct clq_peer_set {
    clq_peer_slot slots[CLQ_MAX_PEERS];
    size_t count;
} clq_peer_set;

/* Checks `names` without opening anything. */
bool clq_peer_names_known(const char *names, char *message, size_t size);

/* `names`: comma-separated; NULL for all but the reference and CLBlast; "none" for none. False with the word that is no peer's name. Absent peers are in the set with their reason. */
bool clq_peer_set_open(const char *names, int threads, clq_peer_set *set, char *message, size_t size);
void clq_peer_set_close(clq_peer_set *set);

#endif
