/* SPDX-License-Identifier: Apache-2.0 */
/* Files of selections: a line names an invented device, a problem in words of the test's own, and the variant that must be chosen ("none": refused).
 * Lines that are empty or begin with # are for people. */
#ifndef GOLDEN_FILE_H
#define GOLDEN_FILE_H

#include <stdbool.h>

#include "device/capabilities.h"

/* What is chosen for the problem's words: a variant's name, "none", or NULL where the words are not understood. */
typedef const char *(*golden_choice)(const clq_capabilities *device, const char *words);

/* A whole test program: TEST FILE compares, TEST FILE print writes the file as the library chooses now, for review after a change of a cost model. Fails
 * where a line differs or is not understood, and where there are fewer than `least` lines. Returns the exit status. */
int golden_file_run(int argc, char **argv, golden_choice choose, int least);

/* Whether one of the words is `word`. */
bool golden_has_word(const char *words, const char *word);

#endif
