/* Defines a network from each file: the minimum of an apply. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>

static char document[1 << 20];

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: define URI FILE...\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    if (!host) {
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        FILE *file = fopen(argv[i], "r");
        if (!file) {
            perror(argv[i]);
            return 1;
        }
        document[fread(document, 1, sizeof document - 1, file)] = 0;
        fclose(file);
        virNetworkPtr network = virNetworkDefineXML(host, document);
        if (!network) {
            return 1;
        }
        virNetworkFree(network);
    }
    virConnectClose(host);
    return 0;
}
