/*
 * Claims the guest for a user: sets everything that must differ between two guests restored from the same snapshot. A
 * restored guest would otherwise repeat the random numbers of the previous one, with an old clock.
 *
 * Secrets stay in memory: in a file on a tmpfs, which the next restore removes.
 */
#define _GNU_SOURCE
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/random.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define MEMORY "/run"
#define FOLDER MEMORY "/paddock"
#define VARIABLES FOLDER "/variables"
#define LEASE FOLDER "/lease"
#define WORKSPACE "/workspace"
#define HOOK "/usr/lib/paddock/claim"

enum { MAX_ENTROPY = 512 };

/* Write all of it to a new or truncated file. Return false with errno. */
static bool write_file(const char *path, int flags, mode_t mode, const void *bytes, size_t length) {
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, mode);
    if (file < 0)
        return false;
    ssize_t written = 0;
    for (size_t at = 0; at < length && written >= 0; at += (size_t)written)
        written = write(file, (const char *)bytes + at, length - at);
    int reason = errno;
    close(file);
    errno = reason;
    return written >= 0;
}

static int hex_digit(char letter) {
    const char *digits = "0123456789abcdef", *found = letter ? strchr(digits, letter) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* Add the host's entropy, and make the kernel reseed at once, which would otherwise take minutes. */
static bool stir(const char *hex) {
    union {
        struct rand_pool_info info;
        uint8_t room[sizeof(struct rand_pool_info) + MAX_ENTROPY];
    } pool;
    size_t length = strlen(hex) / 2;
    if (length == 0 || length > MAX_ENTROPY) {
        errno = EINVAL;
        return false;
    }
    pool.info.buf_size = (int)length;
    pool.info.entropy_count = (int)length * 8;
    uint8_t *bytes = pool.room + offsetof(struct rand_pool_info, buf);
    for (size_t i = 0; i < length; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            errno = EINVAL;
            return false;
        }
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    int random = open("/dev/urandom", O_RDWR | O_CLOEXEC);
    bool done = random >= 0 && ioctl(random, RNDADDENTROPY, &pool) == 0 && ioctl(random, RNDRESEEDCRNG) == 0;
    int reason = errno;
    if (random >= 0)
        close(random);
    errno = reason;
    return done;
}

static bool set_clock(const char *text) {
    long long seconds, nanos;
    if (sscanf(text, "%lld %lld", &seconds, &nanos) != 2) {
        errno = EINVAL;
        return false;
    }
    struct timespec now = {.tv_sec = (time_t)seconds, .tv_nsec = (long)nanos};
    return clock_settime(CLOCK_REALTIME, &now) == 0;
}

static bool set_hostname(const char *name) {
    char line[80];
    int length = snprintf(line, sizeof line, "%s\n", name);
    return sethostname(name, strlen(name)) == 0 && write_file("/etc/hostname", O_TRUNC, 0644, line, (size_t)length);
}

/* Generate a machine-id as systemd does: a random UUID (RFC 9562, version 4) without dashes. */
static bool set_machine_id(void) {
    uint8_t id[16];
    char line[2 * sizeof id + 2];
    if (getrandom(id, sizeof id, 0) != sizeof id)
        return false;
    id[6] = (id[6] & 0x0f) | 0x40;
    id[8] = (id[8] & 0x3f) | 0x80;
    for (size_t i = 0; i < sizeof id; i++)
        snprintf(line + 2 * i, 4, "%02x\n", id[i]);
    return write_file("/etc/machine-id", O_TRUNC, 0444, line, sizeof line - 1);
}

static bool in_memory(const char *path) {
    struct statfs about;
    return statfs(path, &about) == 0 && (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC);
}

/* Store something for all later commands, on whichever port; store nothing if it is empty. */
static bool keep(const char *path, const char *bytes, size_t length) {
    if (length == 0)
        return unlink(path) == 0 || errno == ENOENT;
    if (!in_memory(MEMORY)) {
        errno = EROFS;
        return false;
    }
    char fresh[64];
    snprintf(fresh, sizeof fresh, "%s.new", path);
    /* A command that is just starting finds the old one or the new one, complete. */
    return (mkdir(FOLDER, 0700) == 0 || errno == EEXIST) && (unlink(fresh) == 0 || errno == ENOENT) &&
           write_file(fresh, O_EXCL, 0600, bytes, length) && rename(fresh, path) == 0;
}

static bool keep_lease(const char *lease) {
    return keep(LEASE, lease, lease ? strlen(lease) : 0);
}

bool claim_is_of(const char *lease) {
    char kept[128];
    int file = open(LEASE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t length = file < 0 ? -1 : read(file, kept, sizeof kept);
    if (file >= 0)
        close(file);
    return length > 0 && (size_t)length == strlen(lease) && memcmp(kept, lease, (size_t)length) == 0;
}

static bool keep_variables(char *const *variables) {
    size_t length = 0, at = 0;
    for (char *const *variable = variables; *variable; variable++)
        length += strlen(*variable) + 1;
    char *all = malloc(length + 1);
    if (!all)
        return false;
    for (char *const *variable = variables; *variable; variable++)
        at = (size_t)(stpcpy(all + at, *variable) - all) + 1;
    bool done = keep(VARIABLES, all, length);
    int reason = errno;
    free(all);
    errno = reason;
    return done;
}

bool claim_environment(void) {
    int file = open(VARIABLES, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT;
    struct stat about;
    char *all = NULL;
    bool done = false;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size <= MAX_REQUEST &&
        (all = malloc((size_t)about.st_size + 1)) && read(file, all, (size_t)about.st_size) == about.st_size) {
        all[about.st_size] = '\0';
        done = true;
        /* From now on the environment points into it. */
        for (char *variable = all; done && variable < all + about.st_size; variable += strlen(variable) + 1)
            done = putenv(variable) == 0;
    }
    close(file);
    return done;
}

/* Add authorized keys for root to those of the image. If root has no home, there is nobody to log in. */
static bool let_in(char *const *keys) {
    if (!*keys || access("/root", F_OK) != 0)
        return true;
    if (mkdir("/root/.ssh", 0700) != 0 && errno != EEXIST)
        return false;
    for (; *keys; keys++) {
        char *line;
        /* The last line of the file may lack its newline. */
        int length = asprintf(&line, "\n%s\n", *keys);
        bool done = length > 0 && write_file("/root/.ssh/authorized_keys", O_APPEND, 0600, line, (size_t)length);
        free(line);
        if (!done)
            return false;
    }
    return true;
}

static bool is_mounted(const char *path) {
    struct stat inside, outside;
    return stat(path, &inside) == 0 && stat("/", &outside) == 0 && inside.st_dev != outside.st_dev;
}

static bool mount_workspace(const char *tag) {
    /* A rehearsed claim has done so already. */
    if (is_mounted(WORKSPACE))
        return true;
    if (mkdir(WORKSPACE, 0755) != 0 && errno != EEXIST)
        return false;
    /* Without caching, so that data is on the host once the write has returned. */
    return mount(tag, WORKSPACE, "9p", MS_NOSUID | MS_NODEV, "trans=virtio,version=9p2000.L,msize=262144,cache=none") == 0;
}

bool hook_start(const char *path) {
    pid_t hook = fork();
    if (hook != 0)
        return hook > 0;
    setsid();
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    int nothing = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++)
        dup2(nothing, i);
    close_range(3, ~0U, 0);
    clearenv();
    setenv("PATH", ROOT_PATH, 1);
    execl(path, path, (char *)NULL);
    _exit(127);
}

/* Start the image's own slow tasks, such as generating host keys. */
static bool start_hook(void) {
    return access(HOOK, X_OK) != 0 || hook_start(HOOK);
}

bool claim(const struct request *request, char *reason, size_t room) {
    const char *what = NULL;
    if (!keep_lease(request->lease))
        what = "the lease cannot be kept in " FOLDER ", which has to be in memory";
    else if (request->entropy && !stir(request->entropy))
        what = "the random numbers cannot be renewed";
    else if (request->now && !set_clock(request->now))
        what = "the clock cannot be set";
    else if (request->hostname && !set_hostname(request->hostname))
        what = "the hostname cannot be set";
    else if (!set_machine_id())
        what = "the machine-id cannot be written";
    else if (!network_change(request->macs))
        what = "the network interfaces cannot get the addresses of this VM, which needs " NETWORK_HOOK " in the image";
    else if (!request->continues && !keep_variables(request->variables))
        what = "the variables cannot be kept in " FOLDER ", which has to be in memory";
    else if (!let_in(request->keys))
        what = "the keys cannot be written to /root/.ssh/authorized_keys";
    else if (request->workspace && !mount_workspace(request->workspace))
        what = "the workspace cannot be mounted at " WORKSPACE;
    else if (!start_hook())
        what = HOOK " cannot be started";
    if (what)
        snprintf(reason, room, "%s: %s", what, strerror(errno));
    return !what;
}
