/* SPDX-License-Identifier: Apache-2.0 */
#include "operator_words.h"

#include <stdio.h>

bool clq_operator_of_word(const char *command, const char *word, bool (*has)(const clq_operator *op), const clq_operator **op)
{
    char names[512] = "";
    *op = word != NULL ? clq_operator_find(word) : NULL;
    if (word == NULL || (*op != NULL && has(*op))) return true;
    for (size_t i = 0, used = 0; i < clq_operator_count && used < sizeof names; i++) {
        if (has(clq_operators[i])) used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "", clq_operators[i]->name);
    }
    clq_bad_usage(command, "unknown operator \"%s\" (this version has: %s)", word, names);
    return false;
}
