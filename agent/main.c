/*
 * paddock-agent: the guest's end of Paddock. Finds its ports, including those attached later, and serves each in a
 * process of its own, so that a failure on one does not affect the others.
 */
#define _GNU_SOURCE
#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORTS "/sys/class/virtio-ports"

enum { MAX_PORTS = 16 };

/* A served port, "vport1p2", and its process. */
static struct served {
    char device[32];
    pid_t process;
} served[MAX_PORTS];

static bool is_ours(const char *device) {
    char path[sizeof PORTS + 64], name[sizeof PORT_PREFIX] = "";
    snprintf(path, sizeof path, PORTS "/%.32s/name", device);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t length = read(file, name, sizeof name - 1);
    close(file);
    return length == sizeof name - 1 && strcmp(name, PORT_PREFIX) == 0;
}

static struct served *slot_of(const char *device) {
    struct served *free = NULL;
    for (struct served *slot = served; slot < served + MAX_PORTS; slot++)
        if (slot->process > 0 && strcmp(slot->device, device) == 0)
            return slot;
        else if (slot->process == 0)
            free = slot;
    return free;
}

/* Serve a port. Return false if that has to be tried again. */
static bool serve(const char *device) {
    struct served *slot = slot_of(device);
    if (!slot || slot->process > 0)
        return true;
    char path[64];
    snprintf(path, sizeof path, "/dev/%.32s", device);
    /* The node may not exist yet, or another process may still hold it. */
    int port = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (port < 0)
        return false;
    slot->process = fork();
    if (slot->process == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NAME, device);
        /* The end of a supervisor does not matter. */
        signal(SIGCHLD, SIG_IGN);
        port_serve(port);
        _exit(0);
    }
    if (slot->process < 0)
        slot->process = 0;
    else
        snprintf(slot->device, sizeof slot->device, "%.31s", device);
    close(port);
    return slot->process > 0;
}

/* Serve all ports. Return false if that has to be tried again. */
static bool serve_all(void) {
    bool all = true;
    DIR *ports = opendir(PORTS);
    for (struct dirent *entry; ports && (entry = readdir(ports));)
        if (entry->d_name[0] != '.' && is_ours(entry->d_name))
            all = serve(entry->d_name) && all;
    if (ports)
        closedir(ports);
    return all;
}

/* Record which processes have ended. Return whether any has. */
static bool reap(void) {
    bool any = false;
    for (pid_t ended; (ended = waitpid(-1, NULL, WNOHANG)) > 0; any = true)
        for (struct served *slot = served; slot < served + MAX_PORTS; slot++)
            if (slot->process == ended)
                slot->process = 0;
    return any;
}

/* Return a socket that becomes readable when the kernel adds or removes a device; -1 if there is none. */
static int watch_devices(void) {
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1};
    int events = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
    if (events >= 0 && bind(events, (struct sockaddr *)&address, sizeof address) != 0) {
        close(events);
        return -1;
    }
    return events;
}

int main(int count, char **arguments) {
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        printf("paddock-agent %d\n", VERSION);
        return 0;
    }
    signal(SIGPIPE, SIG_IGN);
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    int devices = watch_devices();

    bool lost = false;
    for (;;) {
        bool again = !serve_all() || lost;
        struct pollfd ready[] = {{.fd = devices, .events = POLLIN}, {.fd = children, .events = POLLIN}};
        /* Without events, or while a port is not served, check again later. */
        poll(ready, 2, devices < 0 || again ? 1000 : -1);
        struct signalfd_siginfo ignored;
        while (read(children, &ignored, sizeof ignored) > 0)
            ;
        char event[8192];
        while (recv(devices, event, sizeof event, 0) > 0)
            ;
        lost = reap();
    }
}
