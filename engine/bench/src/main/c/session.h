/* A session with the agent of a guest, through one of its channels; the agent's agent.h explains the protocol. */
#include <libvirt/libvirt.h>
#include <string.h>

enum { FILLER = 4 + 16 * 1024 + 1, BUFFER = 256 * 1024 };

static const char nonce[] = "a benchmark's 16";
static const char greeting[] = "\nPADDOCK\na benchmark's 16";
static unsigned char buffer[BUFFER];
static int start, end;

static int send_all(virStreamPtr stream, const char *bytes, int length) {
    for (int at = 0, sent; at < length; at += sent) {
        if ((sent = virStreamSend(stream, bytes + at, (size_t)(length - at))) < 0) {
            return -1;
        }
    }
    return 0;
}

/* Write a frame to free space, and return its length. */
static int frame(char *bytes, char kind, const char *payload, int length) {
    bytes[0] = kind;
    bytes[1] = 0;
    bytes[2] = (char)(length >> 8);
    bytes[3] = (char)length;
    memcpy(bytes + 4, payload, (size_t)length);
    bytes[4 + length] = 0x5a;
    return length + 5;
}

/* Send a request of at most 4,000 bytes and start it. */
static int ask(virStreamPtr stream, const char *request, int length) {
    char bytes[4096];
    int size = frame(bytes, 'Q', request, length);
    return send_all(stream, bytes, size + frame(bytes + size, 'R', "", 0));
}

/* Wait until this many bytes are there. */
static int await(virStreamPtr stream, int length) {
    while (end - start < length) {
        memmove(buffer, buffer + start, (size_t)(end - start));
        end -= start;
        start = 0;
        int read = virStreamRecv(stream, (char *)buffer + end, (size_t)(BUFFER - end));
        if (read <= 0) {
            return -1;
        }
        end += read;
    }
    return 0;
}

/* Wait for a frame, which then starts the buffer, and return the length of its payload. */
static int next(virStreamPtr stream) {
    if (await(stream, 4) < 0) {
        return -1;
    }
    int payload = buffer[start + 1] << 16 | buffer[start + 2] << 8 | buffer[start + 3];
    return await(stream, payload + 5) < 0 ? -1 : payload;
}

static int greet(virStreamPtr stream) {
    static const char filler[FILLER];
    char hello[64];
    if (send_all(stream, filler, FILLER) < 0 || send_all(stream, hello, frame(hello, 'H', nonce, 16)) < 0) {
        return -1;
    }
    int length = (int)sizeof greeting - 1;
    while (await(stream, length) == 0) {
        if (memcmp(buffer + start, greeting, (size_t)length) == 0) {
            start += length;
            return 0;
        }
        start++;
    }
    return -1;
}
