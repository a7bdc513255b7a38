/* Reverts a domain that is off to its snapshot, a number of times, and prints what each took in milliseconds. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: revert URI DOMAIN SNAPSHOT TIMES\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    virDomainPtr guest = host ? virDomainLookupByName(host, argv[2]) : NULL;
    virDomainSnapshotPtr snapshot = guest ? virDomainSnapshotLookupByName(guest, argv[3], 0) : NULL;
    if (!snapshot) {
        return 1;
    }
    for (int times = atoi(argv[4]); times > 0; times--) {
        if (virDomainIsActive(guest) == 1 && virDomainDestroy(guest) < 0) {
            return 1;
        }
        double start = now();
        if (virDomainRevertToSnapshot(snapshot, 0) < 0) {
            return 1;
        }
        printf("%.3f\n", now() - start);
    }
    virConnectClose(host);
    return 0;
}
