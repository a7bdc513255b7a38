/* Runs a command in a guest through the agent's second channel, and prints its output. No input, no error stream. */
#include "session.h"
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: exec URI GUEST COMMAND [ARGUMENT...]\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    virDomainPtr guest = host ? virDomainLookupByName(host, argv[2]) : NULL;
    virStreamPtr stream = guest ? virStreamNew(host, 0) : NULL;
    if (!stream || virDomainOpenChannel(guest, "dev.paddock.agent.1", stream, 0) < 0 || greet(stream) < 0) {
        return 1;
    }
    char request[2048] = "";
    int length = 0;
    for (int i = 3; i < argc; i++) {
        length += snprintf(request + length, sizeof request - (size_t)length, "A%s", argv[i]) + 1;
    }
    if (ask(stream, request, length) < 0) {
        return 1;
    }
    for (int payload; (payload = next(stream)) >= 0; start += payload + 5) {
        if (buffer[start] == 'o' && write(1, buffer + start + 4, (size_t)payload) != payload) {
            return 1;
        }
        if (buffer[start] == 'x') {
            int code = buffer[start + 4] == 0 ? buffer[start + 5] : 1;
            virStreamAbort(stream);
            virStreamFree(stream);
            virDomainFree(guest);
            virConnectClose(host);
            return code;
        }
    }
    return 1;
}
