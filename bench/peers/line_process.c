/* SPDX-License-Identifier: Apache-2.0 */
#include "line_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool spawn(clq_line_process *process, char *const argv[], const int input[2], const int output[2])
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    const bool prepared = posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO) == 0 &&
                          posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO) == 0 &&
                          posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
    const bool started = prepared && posix_spawnp(&process->child, argv[0], &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!started) process->child = 0;
    return started;
}

static void close_both(const int pipe_ends[2])
{
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

bool clq_line_process_start(clq_line_process *process, char *const argv[])
{
    int input[2], output[2];
    *process = (clq_line_process){ .child = 0 };
    if (pipe(input) != 0) return false;
    if (pipe(output) != 0) {
        close_both(input);
        return false;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(input[i], F_SETFD, FD_CLOEXEC);
        fcntl(output[i], F_SETFD, FD_CLOEXEC);
    }
    signal(SIGPIPE, SIG_IGN); /* a child that died is an error of the write, not the end of this process */
    if (!spawn(process, argv, input, output)) {
        close_both(input);
        close_both(output);
        return false;
    }
    close(input[0]);
    close(output[1]);
    process->to = fdopen(input[1], "w");
    process->from = fdopen(output[0], "r");
    return process->to != NULL && process->from != NULL;
}

char *clq_line_process_ask(clq_line_process *process, const char *line)
{
    char *answer = NULL;
    size_t capacity = 0;
    if (process->child == 0) return NULL;
    /* a child that ended early may have left its reason as its last line */
    fprintf(process->to, "%s\n", line);
    fflush(process->to);
    if (getline(&answer, &capacity, process->from) > 0) return answer;
    free(answer);
    return NULL;
}

void clq_line_process_stop(clq_line_process *process)
{
    if (process->to != NULL) fclose(process->to);
    if (process->from != NULL) fclose(process->from);
    if (process->child != 0) waitpid(process->child, NULL, 0);
    *process = (clq_line_process){ .child = 0 };
}
