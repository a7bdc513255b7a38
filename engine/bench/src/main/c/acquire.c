/*
 * Claims a guest as the pool server does, with only the necessary calls. Opens the session and rehearses the claim,
 * prints a line, waits for one, claims, closes the session so that the channel is free, and prints how many
 * microseconds these two took.
 */
#include "session.h"
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

static double micros(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int claim(virStreamPtr stream) {
    unsigned char entropy[64];
    char request[256] = "Vclaim\0R";
    int length = 8;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (getrandom(entropy, sizeof entropy, 0) != sizeof entropy) {
        return -1;
    }
    for (unsigned i = 0; i < sizeof entropy; i++) {
        length += sprintf(request + length, "%02x", entropy[i]);
    }
    length += 1 + sprintf(request + length + 1, "N%lld %ld", (long long)now.tv_sec, now.tv_nsec) + 1;
    length += sprintf(request + length, "L%032x", 0) + 1;
    if (ask(stream, request, length) < 0) {
        return -1;
    }
    for (int payload; (payload = next(stream)) >= 0;) {
        unsigned char *answer = buffer + start;
        start += payload + 5;
        if (answer[0] == 'x') {
            return answer[4] == 0 && answer[5] == 0 ? 0 : -1;
        }
    }
    return -1;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: acquire URI GUEST\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    virDomainPtr guest = host ? virDomainLookupByName(host, argv[2]) : NULL;
    virStreamPtr stream = guest ? virStreamNew(host, 0) : NULL;
    if (!stream || virDomainOpenChannel(guest, "dev.paddock.agent.0", stream, 0) < 0 || greet(stream) < 0 ||
        claim(stream) < 0) {
        return 1;
    }
    puts("ready");
    fflush(stdout);
    if (getchar() == EOF) {
        return 1;
    }
    double asked = micros();
    if (claim(stream) < 0) {
        return 1;
    }
    double claimed = micros();
    virStreamAbort(stream);
    double free = micros();
    printf("%.0f %.0f\n", claimed - asked, free - claimed);
    fflush(stdout);
    virStreamFree(stream);
    virDomainFree(guest);
    virConnectClose(host);
    return 0;
}
