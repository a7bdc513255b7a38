/* Lists the domains of a host and reads both documents of each: the definition and the live one. */
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: read-guests URI\n");
        return 64;
    }
    virConnectPtr host = virConnectOpenReadOnly(argv[1]);
    if (!host) {
        return 1;
    }
    virDomainPtr *guests;
    int count = virConnectListAllDomains(host, &guests, 0);
    if (count < 0) {
        return 1;
    }
    for (int i = 0; i < count; i++) {
        char *defined = virDomainGetXMLDesc(guests[i], VIR_DOMAIN_XML_INACTIVE);
        char *running = virDomainGetXMLDesc(guests[i], 0);
        if (!defined || !running) {
            return 1;
        }
        free(defined);
        free(running);
        virDomainFree(guests[i]);
    }
    free(guests);
    virConnectClose(host);
    printf("%d\n", count);
    return 0;
}
