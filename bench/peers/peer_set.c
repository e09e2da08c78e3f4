/* SPDX-License-Identifier: Apache-2.0 */
#include "peer_set.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "install_folder.h"
#include "builtin_peers.h"

/* Every peer that the command knows by name. `built`: 1 a module, 2 part of the command, 0 not in this version. `named`: only measured when named, as
 * it takes a hundred times the library's time on a CPU. */
static const struct { const char *name; int built; bool named; const clq_peer *own; } known_peers[] = {
    { "onednn", 1, false, NULL },  { "onnxruntime", 2, false, &clq_onnxruntime_peer }, { "openblas", 1, false, NULL },
    { "reference", 2, true, &clq_reference_peer }, { "xnnpack", 0, false, NULL }, { "int8", 2, true, &clq_int8_peer }, { "clblast", 1, true, NULL },
};
enum { KNOWN_PEERS = sizeof known_peers / sizeof *known_peers };

static int find_known(const char *name, size_t length)
{
    for (int i = 0; i < KNOWN_PEERS; i++) {
        if (strlen(known_peers[i].name) == length && strncmp(known_peers[i].name, name, length) == 0) return i;
    }
    return -1;
}

static void load_module(clq_peer_slot *slot)
{
    char file[64], path[4096];
    snprintf(file, sizeof file, "peers/clqnn_peer_%s.so", slot->name);
    if (!clq_install_file("lib", file, path, sizeof path)) {
        snprintf(slot->reason, sizeof slot->reason, "its library was not found when this command was built");
        return;
    }
    slot->module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (slot->module == NULL) {
        snprintf(slot->reason, sizeof slot->reason, "%s", dlerror());
        return;
    }
    clq_peer_entry_function entry = NULL;
    void *const symbol = dlsym(slot->module, CLQ_PEER_ENTRY);
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from an object to a function pointer */
    if (entry == NULL) {
        snprintf(slot->reason, sizeof slot->reason, "%s is not a peer's module", file);
    } else {
        slot->peer = entry();
    }
}

static void open_slot(clq_peer_set *set, int known, int threads)
{
    clq_peer_slot *const slot = &set->slots[set->count++];
    *slot = (clq_peer_slot){ .name = known_peers[known].name, .peer = known_peers[known].own };
    if (known_peers[known].built == 0) snprintf(slot->reason, sizeof slot->reason, "this version has no interface to it");
    if (known_peers[known].built == 1) load_module(slot);
    if (slot->peer != NULL && !slot->peer->open(threads, slot->reason, sizeof slot->reason)) slot->peer = NULL;
}

static bool parse_names(const char *names, bool wanted[KNOWN_PEERS], char *message, size_t size)
{
    for (const char *at = names; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        const int known = find_known(at, length);
        if (known < 0) {
            snprintf(message, size, "unknown peer \"%.*s\" (peers: onednn, onnxruntime, openblas, reference, xnnpack, clblast; or none)", (int)length, at);
            return false;
        }
        wanted[known] = true;
        at += length + (at[length] == ',');
    }
    return true;
}

bool clq_peer_names_known(const char *names, char *message, size_t size)
{
    bool wanted[KNOWN_PEERS] = { false };
    return names == NULL || strcmp(names, "none") == 0 || parse_names(names, wanted, message, size);
}

bool clq_peer_set_open(const char *names, int threads, clq_peer_set *set, char *message, size_t size)
{
    *set = (clq_peer_set){ .count = 0 };
    if (names != NULL && strcmp(names, "none") == 0) return true;
    if (names == NULL) {
        for (int i = 0; i < KNOWN_PEERS; i++) {
            if (known_peers[i].built != 0 && !known_peers[i].named) open_slot(set, i, threads);
        }
        return true;
    }
    bool wanted[KNOWN_PEERS] = { false };
    if (!parse_names(names, wanted, message, size)) return false;
    for (int i = 0; i < KNOWN_PEERS; i++) {
        if (wanted[i]) open_slot(set, i, threads);
    }
    return true;
}

void clq_peer_set_close(clq_peer_set *set)
{
    /* modules stay loaded: their OpenMP threads may still run */
    for (size_t i = 0; i < set->count; i++) {
        if (set->slots[i].peer != NULL) set->slots[i].peer->close();
    }
    *set = (clq_peer_set){ .count = 0 };
}
