/*
 * Starts commands, and makes sure that nothing of them is left when they end.
 *
 * Each command has a supervisor, a process of its own that is its parent. The supervisor is a subreaper (prctl(2)):
 * whatever the command starts, however often it forks and whichever session it moves to, becomes the supervisor's child
 * when its parent dies. So killing everything means killing one's children until there are none. A supervisor does that
 * when its control socket is closed, on purpose or because the agent died.
 */
#define _GNU_SOURCE
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_if_open(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Report why a command cannot be started, on a pipe that a started command does not have, and exit. */
static _Noreturn void give_up(int failure, const char *what, int code) {
    struct ending ending = {.verdict = V_FAILED, .code = (uint8_t)code};
    snprintf(ending.reason, sizeof ending.reason, "%s: %s", what, strerror(errno));
    if (write(failure, &ending, sizeof ending) < 0)
        _exit(125);
    _exit(code);
}

static _Noreturn void become_command(const struct request *request, const int streams[3], int failure) {
    setsid();
    for (int i = 0; i < 3; i++)
        if (dup2(streams[i], i) < 0)
            give_up(failure, "dup2", 125);
    if (request->terminal)
        ioctl(0, TIOCSCTTY, 0);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    const char *what;
    if (!identity_assume(request, &what))
        give_up(failure, what, 125);
    if (strcmp(request->verb, "run") != 0) {
        /* No other program takes over, so close here what must be closed. */
        close_range(3, ~0U, 0);
        const char *first = request->arguments[0], *second = request->arguments[1];
        if (strcmp(request->verb, "get") == 0)
            _exit(archive_get(first));
        _exit(archive_put(first, second ? second : "copy"));
    }
    execvp(request->arguments[0], request->arguments);
    give_up(failure, request->arguments[0], errno == ENOENT ? 127 : 126);
}

static void kill_children(void) {
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    close_if_open(&file);
    if (length <= 0)
        return;
    text[length] = '\0';
    /* The last number may be truncated; it is complete the next time. */
    if (text[length - 1] != ' ')
        *(strrchr(text, ' ') ? strrchr(text, ' ') + 1 : text) = '\0';
    for (char *at = text, *end; *at; at = end) {
        long child = strtol(at, &end, 10);
        if (end == at)
            break;
        kill((pid_t)child, SIGKILL);
    }
}

/* Kill everything that the command has started. Return how the command itself ended, if that was not known before. */
static int kill_all(pid_t leader, int status) {
    for (;;) {
        kill_children();
        int its;
        pid_t ended = waitpid(-1, &its, 0);
        if (ended == leader)
            status = its;
        if (ended < 0 && errno == ECHILD)
            return status;
    }
}

static struct ending ending_of(int status) {
    return WIFSIGNALED(status) ? (struct ending){.verdict = V_SIGNALED, .code = (uint8_t)WTERMSIG(status)}
                               : (struct ending){.verdict = V_EXITED, .code = (uint8_t)WEXITSTATUS(status)};
}

static _Noreturn void keep(const struct request *request, int control, const int streams[3]) {
    int failure[2];
    sigset_t child;
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || children < 0 || pipe2(failure, O_CLOEXEC) != 0)
        _exit(125);

    pid_t leader = fork();
    if (leader == 0)
        become_command(request, streams, failure[1]);
    for (int i = 0; i < 3; i++)
        close(streams[i]);
    close(failure[1]);

    struct ending ending = {.verdict = V_FAILED, .code = 125, .reason = "no process can be started"};
    bool started = leader > 0 && read(failure[0], &ending, sizeof ending) == 0;
    close(failure[0]);
    bool kill_rest = false;
    int status = 0;
    while (started) {
        struct pollfd ready[] = {{.fd = control, .events = POLLIN}, {.fd = children, .events = POLLIN}};
        poll(ready, 2, -1);

        uint8_t order;
        ssize_t length = recv(control, &order, 1, MSG_DONTWAIT);
        if (length == 0) {
            ending = ending_of(kill_all(leader, status));
            break;
        }
        if (length == 1) {
            kill_rest |= order & KILL_REST;
            kill(-leader, order & ~KILL_REST);
        }

        struct signalfd_siginfo ignored;
        while (read(children, &ignored, sizeof ignored) > 0)
            ;
        bool ended = false;
        int its;
        for (pid_t pid; (pid = waitpid(-1, &its, WNOHANG)) > 0;)
            if (pid == leader) {
                ended = true;
                status = its;
            }
        if (ended) {
            ending = ending_of(kill_rest ? kill_all(leader, status) : status);
            break;
        }
    }
    send(control, &ending, sizeof ending, MSG_NOSIGNAL);
    _exit(0);
}

/* Open a terminal of the given size. Return false with errno. */
static bool open_terminal(const struct request *request, int *master, int *slave) {
    struct winsize size = {.ws_row = (unsigned short)request->rows, .ws_col = (unsigned short)request->columns};
    int unlocked = 0;
    char name[32];
    unsigned number;
    *slave = -1;
    *master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0 || ioctl(*master, TIOCSPTLCK, &unlocked) != 0 || ioctl(*master, TIOCGPTN, &number) != 0)
        return false;
    snprintf(name, sizeof name, "/dev/pts/%u", number);
    *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    return *slave >= 0 && ioctl(*slave, TIOCSWINSZ, &size) == 0;
}

/* Create the streams of a command: our ends, and its ends. Return false with errno; some may be open then. */
static bool open_streams(struct command *command, const struct request *request, int its[3]) {
    if (request->terminal) {
        if (!open_terminal(request, &command->output, &its[0]))
            return false;
        command->terminal = true;
        command->input = fcntl(command->output, F_DUPFD_CLOEXEC, 0);
        its[1] = fcntl(its[0], F_DUPFD_CLOEXEC, 0);
        its[2] = fcntl(its[0], F_DUPFD_CLOEXEC, 0);
        return command->input >= 0 && its[1] >= 0 && its[2] >= 0;
    }
    int pair[2];
    if (request->input) {
        if (pipe2(pair, O_CLOEXEC) != 0)
            return false;
        its[0] = pair[0];
        command->input = pair[1];
    } else {
        its[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    if (pipe2(pair, O_CLOEXEC) != 0)
        return false;
    command->output = pair[0];
    its[1] = pair[1];
    if (pipe2(pair, O_CLOEXEC) != 0)
        return false;
    command->errors = pair[0];
    its[2] = pair[1];
    return its[0] >= 0;
}

static void never_block(int fd) {
    if (fd >= 0)
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/*
 * Start a command. The supervisor closes keep_closed, as the port belongs to one process only. Return false with errno
 * if not even a supervisor can be started.
 */
bool command_start(struct command *command, const struct request *request, int keep_closed) {
    int control[2] = {-1, -1}, its[3] = {-1, -1, -1};
    *command = (struct command){.control = -1, .input = -1, .output = -1, .errors = -1};
    pid_t supervisor = -1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) == 0 && open_streams(command, request, its)) {
        command->control = control[0];
        supervisor = fork();
        if (supervisor == 0) {
            close(keep_closed);
            command_forget(command);
            keep(request, control[1], its);
        }
    }
    int reason = errno;
    close_if_open(&control[1]);
    for (int i = 0; i < 3; i++)
        close_if_open(&its[i]);
    if (supervisor < 0) {
        close_if_open(&control[0]);
        command->control = -1;
        command_forget(command);
        errno = reason;
        return false;
    }
    never_block(command->input);
    never_block(command->output);
    never_block(command->errors);
    return true;
}

/* Close everything that leads to a command. If it is still running, its supervisor kills it. */
void command_forget(struct command *command) {
    close_if_open(&command->control);
    close_if_open(&command->input);
    close_if_open(&command->output);
    close_if_open(&command->errors);
}
