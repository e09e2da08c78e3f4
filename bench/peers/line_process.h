/* SPDX-License-Identifier: Apache-2.0 */
/* A child process that answers one line for each line. */
#ifndef CLQ_LINE_PROCESS_H
#define CLQ_LINE_PROCESS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

typedef struct clq_line_process {
    pid_t child; /* 0: not running */
    FILE *to, *from;
} clq_line_process;

/* Starts argv[0], looked up in PATH; its stderr is dropped. */
bool clq_line_process_start(clq_line_process *process, char *const argv[]);

/* Sends one line and reads the answer, which the caller frees; NULL if the process is gone. */
char *clq_line_process_ask(clq_line_process *process, const char *line);

/* Closes its input and waits for its end. */
void clq_line_process_stop(clq_line_process *process);

#endif
