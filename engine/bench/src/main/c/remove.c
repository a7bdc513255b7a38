/* Removes the networks whose names start with a prefix: cleans up between rounds. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: remove URI START\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    if (!host) {
        return 1;
    }
    virNetworkPtr *networks;
    int count = virConnectListAllNetworks(host, &networks, 0);
    if (count < 0) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        if (strncmp(virNetworkGetName(networks[i]), argv[2], strlen(argv[2])) == 0 &&
            virNetworkUndefine(networks[i]) < 0) {
            return 1;
        }
        virNetworkFree(networks[i]);
    }
    free(networks);
    virConnectClose(host);
    return 0;
}
