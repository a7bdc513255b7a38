/*
 * Gives the guest's network interfaces the hardware addresses of its own: a guest that continues from the saved memory
 * of another has those of the other. The image then requests addresses anew, which only it knows how to do.
 */
#define _GNU_SOURCE
#include "agent.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CHANGED = 32, MAC_SIZE = 6, POLL_MS = 5 };

/* The interfaces that had an address before their hardware address changed, and have to get one again. */
static char awaited[MAX_CHANGED][IFNAMSIZ];
static size_t awaited_count;

static bool parse_mac(const char *text, uint8_t *mac) {
    return sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4, mac + 5) == MAC_SIZE;
}

/* Find the interface with a hardware address. Return false with ENODEV if there is none. */
static bool find(int control, const uint8_t *mac, char *name) {
    struct if_nameindex *all = if_nameindex();
    bool found = false;
    for (struct if_nameindex *each = all; each && each->if_index && !found; each++) {
        struct ifreq request = {0};
        strncpy(request.ifr_name, each->if_name, IFNAMSIZ - 1);
        found = ioctl(control, SIOCGIFHWADDR, &request) == 0 && request.ifr_hwaddr.sa_family == ARPHRD_ETHER &&
                memcmp(request.ifr_hwaddr.sa_data, mac, MAC_SIZE) == 0;
        if (found)
            memcpy(name, request.ifr_name, IFNAMSIZ);
    }
    if (all)
        if_freenameindex(all);
    errno = ENODEV;
    return found;
}

/* Return whether an interface has an IPv4 address that others can reach. */
static bool has_address(const char *name) {
    struct ifaddrs *all = NULL;
    bool found = false;
    if (getifaddrs(&all) != 0)
        return false;
    for (struct ifaddrs *each = all; each && !found; each = each->ifa_next) {
        if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET || strcmp(each->ifa_name, name) != 0)
            continue;
        uint32_t address = ntohl(((struct sockaddr_in *)each->ifa_addr)->sin_addr.s_addr);
        found = address >> 16 != 0xa9fe;
    }
    freeifaddrs(all);
    return found;
}

/* Remove all IPv4 addresses of an interface: they belong to the other guest. */
static bool clear_addresses(int control, const char *name) {
    for (int tries = 0; tries < MAX_CHANGED; tries++) {
        struct ifreq request = {0};
        memcpy(request.ifr_name, name, IFNAMSIZ);
        if (ioctl(control, SIOCGIFADDR, &request) != 0)
            return errno == EADDRNOTAVAIL;
        ((struct sockaddr_in *)&request.ifr_addr)->sin_addr.s_addr = INADDR_ANY;
        if (ioctl(control, SIOCSIFADDR, &request) != 0)
            return false;
    }
    return false;
}

static bool set_up(int control, const char *name, bool up) {
    struct ifreq request = {0};
    memcpy(request.ifr_name, name, IFNAMSIZ);
    if (ioctl(control, SIOCGIFFLAGS, &request) != 0)
        return false;
    request.ifr_flags = (short)(up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP);
    return ioctl(control, SIOCSIFFLAGS, &request) == 0;
}

/* Not every driver changes the address of an interface that is up. */
static bool change(int control, const char *name, const uint8_t *mac) {
    struct ifreq request = {0};
    memcpy(request.ifr_name, name, IFNAMSIZ);
    request.ifr_hwaddr.sa_family = ARPHRD_ETHER;
    memcpy(request.ifr_hwaddr.sa_data, mac, MAC_SIZE);
    return clear_addresses(control, name) && set_up(control, name, false) &&
           ioctl(control, SIOCSIFHWADDR, &request) == 0 && set_up(control, name, true);
}

static bool change_all(int control, char *const *pairs, bool *changed) {
    for (; *pairs; pairs++) {
        uint8_t from[MAC_SIZE], to[MAC_SIZE];
        char name[IFNAMSIZ];
        const char *second = strchr(*pairs, ' ');
        if (!second || !parse_mac(*pairs, from) || !parse_mac(second + 1, to)) {
            errno = EINVAL;
            return false;
        }
        /* A repeated claim finds it changed. */
        if (find(control, to, name))
            continue;
        if (!find(control, from, name))
            return false;
        if (has_address(name) && awaited_count < MAX_CHANGED)
            memcpy(awaited[awaited_count++], name, IFNAMSIZ);
        if (!change(control, name, to))
            return false;
        *changed = true;
    }
    return true;
}

bool network_change(char *const *pairs) {
    if (!*pairs)
        return true;
    if (access(NETWORK_HOOK, X_OK) != 0)
        return false;
    int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (control < 0)
        return false;
    bool changed = false;
    bool done = change_all(control, pairs, &changed);
    int reason = errno;
    close(control);
    errno = reason;
    return done && (!changed || hook_start(NETWORK_HOOK));
}

bool network_await(long milliseconds) {
    struct timespec start, now, pause = {.tv_nsec = POLL_MS * 1000000L};
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        bool complete = true;
        for (size_t i = 0; i < awaited_count; i++)
            complete = complete && has_address(awaited[i]);
        if (complete)
            return true;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 >= milliseconds) {
            errno = ETIMEDOUT;
            return false;
        }
        nanosleep(&pause, NULL);
    }
}
