/*
 * The guest's end of Paddock: runs commands, and moves files, for a host that talks to it over virtio-serial ports.
 *
 * Frames. A frame is a kind, the length of what follows as three bytes, most significant first, that many bytes, and
 * END_MARK. Between frames the host may send any number of zeros.
 *
 * Sessions. A host that dies leaves half a frame on its way to the guest, and the rest of another on its way back. So the
 * host begins with as many zeros as complete any frame: it then lacks its END_MARK, and is dropped. The hello that follows
 * holds 16 random bytes. They come back behind GREETING, and whatever the host reads before them was meant for somebody
 * else. A hello ends what the port was doing; so does the host's going away.
 *
 * Flow. The host always reads. The guest holds WINDOW bytes of input for a command, and says with K_TAKEN how many of them
 * the command has read. So signals get through however long a command does not read.
 */
#ifndef AGENT_H
#define AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define VERSION 3
#define PORT_PREFIX "dev.paddock.agent."
#define GREETING "\nPADDOCK\n"
#define NONCE_SIZE 16
#define END_MARK 0x5a
/* Why a command for another lease is not started; the host knows these words. */
#define LEASE_ENDED "the lease has ended"

enum {
    HEADER_SIZE = 4,
    FRAME_EXTRA = HEADER_SIZE + 1,
    MAX_PAYLOAD_IN = 16 * 1024,
    /* The driver of the port hands over 32 KiB at once. */
    MAX_PAYLOAD_OUT = 32 * 1024 - FRAME_EXTRA,
    MAX_REQUEST = 4 * 1024 * 1024,
    WINDOW = 256 * 1024,
};

/* What the host sends. */
enum {
    K_HELLO = 'H',   /* the nonce */
    K_REQUEST = 'Q', /* a part of a request, see request.c */
    K_RUN = 'R',     /* the request is complete: do it */
    K_INPUT = 'I',   /* for the standard input */
    K_EOF = 'E',     /* no more input */
    K_SIGNAL = 'S',  /* the number of a signal for the command's process group */
    K_WINDOW = 'W',  /* rows and columns of the terminal, two bytes each */
    K_PING = 'G',    /* anything, to come back */
};

/* What the guest sends. */
enum {
    K_WELCOME = 'h', /* lines of key=value: version, boot */
    K_OUTPUT = 'o',  /* from the standard output */
    K_ERRORS = 'e',  /* from the standard error */
    K_TAKEN = 't',   /* how many bytes of input were taken, four bytes */
    K_END = 'x',     /* how the command ended: a verdict, and a code */
    K_PONG = 'g',    /* what a ping held */
};

/* How a command ended. */
enum verdict {
    V_EXITED = 0,    /* code: its exit code */
    V_SIGNALED = 1,  /* code: the signal */
    V_TIMED_OUT = 2, /* code: 0 */
    V_FAILED = 3,    /* it was not started; code: 125, 126 or 127 as of a shell; behind it the reason */
};

/* What the host asks for. The strings are in one block of memory that the request owns. */
struct request {
    char *memory;
    char **arguments; /* ends in NULL */
    char **variables; /* NAME=value; ends in NULL */
    char **keys;      /* ends in NULL */
    const char *verb; /* "run"; "get" and "put" with what archive.c takes as arguments; "claim" with what claim.c takes */
    const char *folder;
    const char *user;
    long timeout_ms; /* 0: none */
    const char *lease; /* whose guest it has to be, or becomes; NULL: anybody's */
    bool input;
    bool terminal;
    int rows, columns;
    /* Of a claim; NULL: leave it as it is. */
    const char *entropy;   /* hexadecimal */
    const char *now;       /* seconds and nanoseconds since 1970 */
    const char *hostname;
    const char *workspace; /* the tag of a shared folder */
};

bool request_parse(struct request *request, const char *bytes, size_t length);
void request_free(struct request *request);

/* A command that was started; descriptors that are closed are -1. */
struct command {
    int control; /* to its keeper: signal numbers one way, its end the other way; -1 when there is no command */
    int input;
    int output;
    int errors;
    bool terminal; /* input and output are one terminal, and there are no errors */
};

/* What a keeper tells when its command has ended. */
struct ending {
    uint8_t verdict;
    uint8_t code;
    char reason[256];
};

/* In a byte that is sent to a keeper: kill what is left when the command has ended. */
#define KILL_REST 0x80

bool command_start(struct command *command, const struct request *request, int keep_closed);
void command_forget(struct command *command);

#define ROOT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Do what a claim asks for, in this process. Return false with the reason. */
bool claim(const struct request *request, char *reason, size_t room);

/* Return whether the last claim was for that lease. */
bool claim_is_of(const char *lease);

/* Add the variables of the last claim to the environment. Return false with errno. */
bool claim_environment(void);

/* Become the user, set up the environment and the folder. Return false with errno, and what it was about. */
bool identity_assume(const struct request *request, const char **what);

/* Pack what is at a path, or unpack to it what came from a thing of that name. Both return an exit code. */
int archive_get(const char *path);
int archive_put(const char *path, const char *name);

/* Serve the host at a port for as long as the port is there. */
void port_serve(int port);

#endif
