/*
 * The guest's end of Paddock: runs commands and copies files for a host that connects over virtio-serial ports.
 *
 * Frames. A frame is a type, the length of its payload as three bytes, most significant first, the payload, and
 * END_MARK. Between frames the host may send any number of zeros.
 *
 * Sessions. A host that dies leaves half a frame on its way to the guest, and the rest of another on its way back. So
 * the host begins with enough zeros to complete any frame: it then lacks its END_MARK and is dropped. The hello that
 * follows contains 16 random bytes. They come back after GREETING, and whatever the host reads before them was meant
 * for somebody else. A hello ends what the port was doing, and so does a disconnect of the host.
 *
 * Flow control. The host always reads. The guest holds WINDOW bytes of input for a command, and reports with K_TAKEN
 * how many of them the command has read. So signals get through however long a command does not read.
 */
#ifndef AGENT_H
#define AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define VERSION 4
#define PORT_PREFIX "dev.paddock.agent."
#define GREETING "\nPADDOCK\n"
#define NONCE_SIZE 16
#define END_MARK 0x5a
/* Why a command for another lease is not started; the host compares this text. */
#define LEASE_ENDED "the lease has ended"

enum {
    HEADER_SIZE = 4,
    FRAME_EXTRA = HEADER_SIZE + 1,
    MAX_PAYLOAD_IN = 16 * 1024,
    /* The port's driver delivers 32 KiB at once. */
    MAX_PAYLOAD_OUT = 32 * 1024 - FRAME_EXTRA,
    MAX_REQUEST = 4 * 1024 * 1024,
    WINDOW = 256 * 1024,
};

/* Sent by the host. */
enum {
    K_HELLO = 'H',   /* the nonce */
    K_REQUEST = 'Q', /* a part of a request, see request.c */
    K_RUN = 'R',     /* the request is complete: execute it */
    K_INPUT = 'I',   /* for standard input */
    K_EOF = 'E',     /* end of input */
    K_SIGNAL = 'S',  /* a signal number for the command's process group */
    K_WINDOW = 'W',  /* rows and columns of the terminal, two bytes each */
    K_PING = 'G',    /* any bytes, to be echoed */
};

/* Sent by the guest. */
enum {
    K_WELCOME = 'h', /* lines of key=value: version, boot */
    K_OUTPUT = 'o',  /* from standard output */
    K_ERRORS = 'e',  /* from standard error */
    K_TAKEN = 't',   /* how many bytes of input were read, four bytes */
    K_END = 'x',     /* how the command ended: a verdict, and a code */
    K_PONG = 'g',    /* the bytes of the ping */
};

/* How a command ended. */
enum verdict {
    V_EXITED = 0,    /* code: its exit code */
    V_SIGNALED = 1,  /* code: the signal */
    V_TIMED_OUT = 2, /* code: 0 */
    V_FAILED = 3,    /* it was not started; code: 125, 126 or 127 as in a shell; followed by the reason */
};

/* A request of the host. The strings are in one block of memory that the request owns. */
struct request {
    char *memory;
    char **arguments; /* ends in NULL */
    char **variables; /* NAME=value; ends in NULL */
    char **keys;      /* ends in NULL */
    char **macs;      /* pairs of hardware addresses, present and wanted; ends in NULL */
    const char *verb; /* "run"; "get" and "put" with the arguments of archive.c; "claim" with those of claim.c; "settle" */
    const char *folder;
    const char *user;
    long timeout_ms; /* 0: none */
    const char *lease; /* the lease that must hold the guest, or gets it; NULL: any */
    bool input;
    bool terminal;
    int rows, columns;
    /* Of a claim; NULL: leave unchanged. */
    const char *entropy;   /* hexadecimal */
    const char *now;       /* seconds and nanoseconds since 1970 */
    const char *hostname;
    const char *workspace; /* the tag of a shared folder */
    bool continues;        /* the variables of the last claim stay */
};

bool request_parse(struct request *request, const char *bytes, size_t length);
void request_free(struct request *request);

/* A started command; closed descriptors are -1. */
struct command {
    int control; /* to its supervisor: signal numbers one way, its end the other way; -1 if there is no command */
    int input;
    int output;
    int errors;
    bool terminal; /* input and output are one terminal, and there is no error stream */
};

/* What a supervisor reports when its command has ended. */
struct ending {
    uint8_t verdict;
    uint8_t code;
    char reason[256];
};

/* As a byte sent to a supervisor: kill what is left when the command has ended. */
#define KILL_REST 0x80

bool command_start(struct command *command, const struct request *request, int keep_closed);
void command_forget(struct command *command);

#define ROOT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Perform a claim in this process. Return false with the reason. */
bool claim(const struct request *request, char *reason, size_t room);

/* Start one of the image's own programs. Nobody waits for it. Return false with errno. */
bool hook_start(const char *path);

/* The image's program that requests network addresses anew. */
#define NETWORK_HOOK "/usr/lib/paddock/network"

/* Change hardware addresses, and have the image request network addresses anew. Return false with errno. */
bool network_change(char *const *pairs);

/* Wait until the interfaces that lost their addresses by that have new ones. Return false with errno. */
bool network_await(long milliseconds);

/* Return whether the last claim was for this lease. */
bool claim_is_of(const char *lease);

/* Add the variables of the last claim to the environment. Return false with errno. */
bool claim_environment(void);

/* Become the user, set up the environment and the folder. Return false with errno, and what failed. */
bool identity_assume(const struct request *request, const char **what);

/* Pack a path, or unpack to it what came from a path with the given name. Both return an exit code. */
int archive_get(const char *path);
int archive_put(const char *path, const char *name);

/* Serve the host at a port for as long as the port is there. */
void port_serve(int port);

#endif
