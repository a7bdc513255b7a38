/*
 * Serves the host at one port: one session after another, one command at a time.
 *
 * The loop does a little of everything in each round, and blocks only in poll. The port itself is watched through an
 * epoll of its own, edge-triggered: a port whose host is away is always ready, as it "hangs up", and would keep a poll
 * from ever waiting.
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
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    IN_SIZE = 64 * 1024,
    /* A frame of output, one of errors, and some small ones. */
    OUT_SIZE = 2 * (MAX_PAYLOAD_OUT + FRAME_EXTRA) + 4096,
    /* How long a command that timed out has to clean up. */
    GRACE_MS = 2000,
};

struct port {
    int fd;
    int watch; /* an epoll that is readable when the port has changed */

    bool greeted;
    uint8_t in[IN_SIZE];
    size_t in_length;
    uint8_t out[OUT_SIZE];
    size_t out_start, out_length;

    char *request;
    size_t request_length;

    struct command command;
    int64_t deadline; /* by the monotonic clock, in milliseconds; 0: none */
    bool timed_out;
    bool ended;
    struct ending ending;
    /* How much of the command's output is still to be read once it has ended; before that, unlimited. */
    size_t output_left, errors_left;

    uint8_t input[WINDOW]; /* a ring */
    size_t input_start, input_length;
    bool input_ended;
    uint32_t taken; /* not yet reported to the host */
};

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* --- Sending to the host --- */

static size_t out_room(const struct port *port) {
    return OUT_SIZE - port->out_start - port->out_length;
}

/* Write the header and end of a frame around a payload that is in place already, or is copied. There must be space. */
static void seal(struct port *port, uint8_t kind, const void *payload, size_t length) {
    uint8_t *frame = port->out + port->out_start + port->out_length;
    frame[0] = kind;
    frame[1] = (uint8_t)(length >> 16);
    frame[2] = (uint8_t)(length >> 8);
    frame[3] = (uint8_t)length;
    if (payload)
        memcpy(frame + HEADER_SIZE, payload, length);
    frame[HEADER_SIZE + length] = END_MARK;
    port->out_length += length + FRAME_EXTRA;
}

static bool put(struct port *port, uint8_t kind, const void *payload, size_t length) {
    if (out_room(port) < length + FRAME_EXTRA)
        return false;
    seal(port, kind, payload, length);
    return true;
}

static void flush(struct port *port) {
    while (port->out_length > 0) {
        ssize_t written = write(port->fd, port->out + port->out_start, port->out_length);
        if (written <= 0)
            return;
        port->out_start += (size_t)written;
        port->out_length -= (size_t)written;
    }
    port->out_start = 0;
}

/* --- Commands --- */

static void forget_command(struct port *port) {
    command_forget(&port->command);
    port->deadline = 0;
    port->timed_out = port->ended = port->input_ended = false;
    port->input_start = port->input_length = 0;
    port->taken = 0;
}

static bool is_running(const struct port *port) {
    return port->command.control >= 0 || port->ended;
}

static void end_with(struct port *port, uint8_t verdict, uint8_t code, const char *reason) {
    port->ended = true;
    port->ending = (struct ending){.verdict = verdict, .code = code};
    snprintf(port->ending.reason, sizeof port->ending.reason, "%s", reason);
}

static void end_with_claim(struct port *port, const struct request *request) {
    char reason[sizeof port->ending.reason];
    if (claim(request, reason, sizeof reason))
        end_with(port, V_EXITED, 0, "");
    else
        end_with(port, V_FAILED, 125, reason);
}

/* The host does not use the port meanwhile. */
static void end_with_settled(struct port *port, long timeout_ms) {
    if (network_await(timeout_ms))
        end_with(port, V_EXITED, 0, "");
    else
        end_with(port, V_FAILED, 125, "its network interfaces have not got their addresses in time");
}

static void run(struct port *port) {
    struct request request;
    port->output_left = port->errors_left = SIZE_MAX;
    if (!request_parse(&request, port->request, port->request_length))
        end_with(port, V_FAILED, 125, "the request is not understood");
    else if (strcmp(request.verb, "claim") == 0)
        end_with_claim(port, &request);
    else if (strcmp(request.verb, "settle") == 0)
        end_with_settled(port, request.timeout_ms);
    else if (request.lease && !claim_is_of(request.lease))
        end_with(port, V_FAILED, 125, LEASE_ENDED);
    else if (!command_start(&port->command, &request, port->fd))
        end_with(port, V_FAILED, 125, strerror(errno));
    else if (request.timeout_ms > 0)
        port->deadline = now_ms() + request.timeout_ms;
    request_free(&request);
    port->request_length = 0;
}

static void order(struct port *port, uint8_t what) {
    if (port->command.control >= 0)
        send(port->command.control, &what, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* End a command that timed out: first with SIGTERM, then with SIGKILL. */
static void check_time(struct port *port) {
    if (port->deadline == 0 || port->ended || now_ms() < port->deadline)
        return;
    if (port->timed_out) {
        port->deadline = 0;
        shutdown(port->command.control, SHUT_WR);
        return;
    }
    port->timed_out = true;
    port->deadline = now_ms() + GRACE_MS;
    order(port, SIGTERM | KILL_REST);
}

static size_t waiting_in(int fd) {
    int bytes = 0;
    return fd >= 0 && ioctl(fd, FIONREAD, &bytes) == 0 && bytes > 0 ? (size_t)bytes : 0;
}

/* Check whether the supervisor has reported how the command ended. */
static void check_end(struct port *port) {
    if (port->command.control < 0)
        return;
    struct ending ending;
    ssize_t length = recv(port->command.control, &ending, sizeof ending, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    port->ended = true;
    port->ending = ending;
    if (length != sizeof ending)
        end_with(port, V_FAILED, 125, "its keeper was killed");
    else if (port->timed_out)
        end_with(port, V_TIMED_OUT, 0, "");
    /* Something that the command left running may write forever; only what was written before counts. */
    if (!port->command.terminal) {
        port->output_left = waiting_in(port->command.output);
        port->errors_left = waiting_in(port->command.errors);
    }
    close(port->command.control);
    port->command.control = -1;
}

/* Read some of the command's output straight into a frame. */
static void take(struct port *port, int *fd, uint8_t kind, size_t *left) {
    size_t most = smaller(*left, MAX_PAYLOAD_OUT);
    uint8_t *frame = port->out + port->out_start + port->out_length;
    ssize_t length = most == 0 ? 0 : read(*fd, frame + HEADER_SIZE, most);
    if (length > 0) {
        if (*left != SIZE_MAX)
            *left -= (size_t)length;
        seal(port, kind, NULL, (size_t)length);
    } else if (length == 0 || (errno != EAGAIN && errno != EINTR) || port->ended) {
        close(*fd);
        *fd = -1;
    }
}

static bool may_take(const struct port *port) {
    return port->out_length == 0;
}

static void take_output(struct port *port) {
    if (!may_take(port))
        return;
    if (port->command.output >= 0)
        take(port, &port->command.output, K_OUTPUT, &port->output_left);
    if (port->command.errors >= 0)
        take(port, &port->command.errors, K_ERRORS, &port->errors_left);
}

/* Pass input to the command. If it has closed its end, the rest is discarded. */
static void give_input(struct port *port) {
    while (port->input_length > 0) {
        size_t piece = smaller(port->input_length, WINDOW - port->input_start);
        ssize_t length = (ssize_t)piece;
        if (port->command.input >= 0)
            length = write(port->command.input, port->input + port->input_start, piece);
        if (length < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (length < 0) {
            close(port->command.input);
            port->command.input = -1;
            continue;
        }
        port->input_start = (port->input_start + (size_t)length) % WINDOW;
        port->input_length -= (size_t)length;
        port->taken += (uint32_t)length;
    }
    if (port->input_length == 0 && port->input_ended && port->command.input >= 0) {
        /* A terminal has no end of file, but a character for it. */
        if (port->command.terminal && write(port->command.input, "\004", 1) < 0 && errno == EAGAIN)
            return;
        close(port->command.input);
        port->command.input = -1;
    }
    if (port->taken >= WINDOW / 4 || (port->taken > 0 && port->input_length == 0)) {
        uint32_t taken = port->taken;
        uint8_t bytes[] = {(uint8_t)(taken >> 24), (uint8_t)(taken >> 16), (uint8_t)(taken >> 8), (uint8_t)taken};
        if (put(port, K_TAKEN, bytes, sizeof bytes))
            port->taken = 0;
    }
}

/* Report how the command ended, once all of its output was sent. */
static void settle(struct port *port) {
    if (!port->ended || port->command.output >= 0 || port->command.errors >= 0)
        return;
    uint8_t told[2 + sizeof port->ending.reason] = {port->ending.verdict, port->ending.code};
    size_t length = strnlen(port->ending.reason, sizeof port->ending.reason);
    memcpy(told + 2, port->ending.reason, length);
    if (put(port, K_END, told, 2 + length))
        forget_command(port);
}

/* --- Receiving from the host --- */

static void end_session(struct port *port) {
    forget_command(port);
    port->greeted = false;
    port->request_length = 0;
    port->out_start = port->out_length = 0;
}

static void greet(struct port *port, const uint8_t *nonce) {
    end_session(port);
    port->greeted = true;
    memcpy(port->out, GREETING, strlen(GREETING));
    memcpy(port->out + strlen(GREETING), nonce, NONCE_SIZE);
    port->out_length = strlen(GREETING) + NONCE_SIZE;

    char boot[64] = "", welcome[128];
    int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, boot, sizeof boot - 1);
    if (file >= 0)
        close(file);
    boot[length < 0 ? 0 : strcspn(boot, "\n")] = '\0';
    int written = snprintf(welcome, sizeof welcome, "version=%d\nboot=%s\n", VERSION, boot);
    put(port, K_WELCOME, welcome, (size_t)written);
}

/* Store a part of a request. Return false if it is too large. */
static bool keep_request(struct port *port, const uint8_t *part, size_t length) {
    if (port->request_length + length > MAX_REQUEST)
        return false;
    char *longer = realloc(port->request, port->request_length + length + 1);
    if (!longer)
        return false;
    memcpy(longer + port->request_length, part, length);
    port->request = longer;
    port->request_length += length;
    return true;
}

/* Store input for the command. Return false if it exceeds the window. */
static bool keep_input(struct port *port, const uint8_t *bytes, size_t length) {
    if (length > WINDOW - port->input_length)
        return false;
    size_t at = (port->input_start + port->input_length) % WINDOW;
    size_t first = smaller(length, WINDOW - at);
    memcpy(port->input + at, bytes, first);
    memcpy(port->input, bytes + first, length - first);
    port->input_length += length;
    return true;
}

static void resize(struct port *port, const uint8_t *size) {
    struct winsize window = {.ws_row = (unsigned short)(size[0] << 8 | size[1]),
                             .ws_col = (unsigned short)(size[2] << 8 | size[3])};
    if (port->command.terminal && port->command.output >= 0)
        ioctl(port->command.output, TIOCSWINSZ, &window);
}

/* Handle a frame. Return false if it is invalid. */
static bool obey(struct port *port, uint8_t kind, const uint8_t *payload, size_t length) {
    if (kind == K_HELLO && length == NONCE_SIZE) {
        greet(port, payload);
        return true;
    }
    if (!port->greeted)
        return true;
    switch (kind) {
    case K_REQUEST: return keep_request(port, payload, length);
    case K_RUN:
        if (is_running(port))
            return false;
        run(port);
        return true;
    /* Anything for a command may be late: it was sent before its end was known. */
    case K_INPUT: return !is_running(port) || keep_input(port, payload, length);
    case K_EOF:
        port->input_ended = is_running(port);
        return true;
    case K_SIGNAL:
        if (length == 1 && payload[0] > 0 && payload[0] < NSIG)
            order(port, payload[0] == SIGKILL ? SIGKILL | KILL_REST : payload[0]);
        return length == 1;
    case K_WINDOW:
        if (length == 4)
            resize(port, payload);
        return length == 4;
    case K_PING: return put(port, K_PONG, payload, length);
    default: return false;
    }
}

/* Return how many of the received bytes are processed; 0 if the rest of a frame is missing. */
static size_t parse(struct port *port, const uint8_t *bytes, size_t length) {
    if (bytes[0] == 0)
        return 1;
    if (length < HEADER_SIZE)
        return 0;
    size_t payload = (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
    if (payload > MAX_PAYLOAD_IN) {
        end_session(port);
        return 1;
    }
    if (length < payload + FRAME_EXTRA)
        return 0;
    bool whole = bytes[HEADER_SIZE + payload] == END_MARK;
    if (!whole || !obey(port, bytes[0], bytes + HEADER_SIZE, payload))
        end_session(port);
    return payload + FRAME_EXTRA;
}

/* Process everything received. Return false if the port is gone. */
static bool receive(struct port *port) {
    for (;;) {
        ssize_t length = read(port->fd, port->in + port->in_length, IN_SIZE - port->in_length);
        if (length < 0)
            return errno == EAGAIN || errno == EINTR;
        if (length == 0) {
            /*
             * The host is away. If nothing runs, there is nothing to end; and a greeting that was just read may be that
             * of the next host, as the event of its connection arrives separately, and may be late.
             */
            if (is_running(port))
                end_session(port);
            return true;
        }
        port->in_length += (size_t)length;
        size_t done = 0;
        for (size_t step = 1; step > 0 && done < port->in_length; done += step)
            step = parse(port, port->in + done, port->in_length - done);
        memmove(port->in, port->in + done, port->in_length - done);
        port->in_length -= done;
    }
}

/* --- The loop --- */

static void await(struct port *port) {
    const struct command *command = &port->command;
    struct pollfd ready[] = {
        {.fd = port->watch, .events = POLLIN},
        {.fd = command->control, .events = POLLIN},
        {.fd = port->input_length > 0 ? command->input : -1, .events = POLLOUT},
        {.fd = may_take(port) ? command->output : -1, .events = POLLIN},
        {.fd = may_take(port) ? command->errors : -1, .events = POLLIN},
    };
    int64_t limit = -1;
    if (port->deadline > 0 && !port->ended) {
        int64_t left = port->deadline - now_ms();
        limit = left < 0 ? 0 : left > 60000 ? 60000 : left;
    }
    poll(ready, sizeof ready / sizeof *ready, (int)limit);
    struct epoll_event event;
    epoll_wait(port->watch, &event, 1, 0);
}

void port_serve(int fd) {
    static struct port port;
    struct epoll_event events = {.events = EPOLLIN | EPOLLOUT | EPOLLHUP | EPOLLET};
    port.fd = fd;
    port.command = (struct command){.control = -1, .input = -1, .output = -1, .errors = -1};
    port.watch = epoll_create1(EPOLL_CLOEXEC);
    if (port.watch < 0 || epoll_ctl(port.watch, EPOLL_CTL_ADD, fd, &events) != 0)
        return;
    while (receive(&port)) {
        check_time(&port);
        check_end(&port);
        give_input(&port);
        take_output(&port);
        settle(&port);
        flush(&port);
        await(&port);
    }
    end_session(&port);
}
