/* Stops the domains whose names start with a prefix, and optionally undefines them: cleans up between rounds. */
#include <libvirt/libvirt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *cut(void *guest) {
    virDomainDestroy(guest);
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 4 || (strcmp(argv[3], "stop") != 0 && strcmp(argv[3], "remove") != 0)) {
        fprintf(stderr, "usage: clear-guests URI START stop|remove\n");
        return 64;
    }
    virConnectPtr host = virConnectOpen(argv[1]);
    if (!host) {
        return 1;
    }
    virDomainPtr *guests;
    int count = virConnectListAllDomains(host, &guests, 0);
    if (count < 0) {
        return 1;
    }
    pthread_t *threads = calloc(count + 1, sizeof *threads);
    int started = 0;
    for (int i = 0; i < count; i++) {
        int ours = strncmp(virDomainGetName(guests[i]), argv[2], strlen(argv[2])) == 0;
        if (ours && virDomainIsActive(guests[i]) == 1 && pthread_create(&threads[started], NULL, cut, guests[i]) == 0) {
            started++;
        }
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    for (int i = 0; i < count; i++) {
        int ours = strncmp(virDomainGetName(guests[i]), argv[2], strlen(argv[2])) == 0;
        if (ours && strcmp(argv[3], "remove") == 0 && virDomainUndefine(guests[i]) < 0) {
            return 1;
        }
        virDomainFree(guests[i]);
    }
    free(threads);
    free(guests);
    virConnectClose(host);
    return 0;
}
