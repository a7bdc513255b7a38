/* Lists the networks of a host and reads each document: the minimum of a plan. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: read URI\n");
        return 64;
    }
    virConnectPtr host = virConnectOpenReadOnly(argv[1]);
    if (!host) {
        return 1;
    }
    virNetworkPtr *networks;
    int count = virConnectListAllNetworks(host, &networks, 0);
    if (count < 0) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        char *document = virNetworkGetXMLDesc(networks[i], VIR_NETWORK_XML_INACTIVE);
        if (!document) {
            return 1;
        }
        free(document);
        virNetworkFree(networks[i]);
    }
    free(networks);
    virConnectClose(host);
    printf("%d\n", count);
    return 0;
}
