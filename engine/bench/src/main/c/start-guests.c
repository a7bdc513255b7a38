/* Starts the domains whose names start with a prefix, one after the other. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: start-guests URI START\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    if (!host) {
        return 1;
    }
    virDomainPtr *guests;
    int count = virConnectListAllDomains(host, &guests, VIR_CONNECT_LIST_DOMAINS_INACTIVE);
    if (count < 0) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        if (strncmp(virDomainGetName(guests[i]), argv[2], strlen(argv[2])) == 0 && virDomainCreate(guests[i]) < 0) {
            return 1;
        }
        virDomainFree(guests[i]);
    }
    free(guests);
    virConnectClose(host);
    return 0;
}
