/* SPDX-License-Identifier: Apache-2.0 */
/* The entry point of every fuzz target, as libFuzzer names it. */
#ifndef CLQNN_FUZZ_TARGET_H
#define CLQNN_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Must return 0 and not crash, leak or read outside data[0 .. size). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
