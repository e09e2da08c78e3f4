/* SPDX-License-Identifier: Apache-2.0 */
/* The words that name an operator. */
#ifndef CLQ_OPERATOR_WORDS_H
#define CLQ_OPERATOR_WORDS_H

#include "operator.h"

/* The operator that `word` names, if `has` holds for it. NULL as the word: *op is NULL, which stands for all. False after a message on stderr that
 * names the word and the operators that the subcommand has. */
bool clq_operator_of_word(const char *command, const char *word, bool (*has)(const clq_operator *op), const clq_operator **op);

#endif
