/*
 * Copies files: packs a file or folder into a tar stream, and unpacks one. Both run in a process of their own as the
 * requesting user, so that the kernel checks permissions.
 *
 * The format is pax (POSIX.1-2001). The file or folder itself is named ".", its content "./NAME". Symbolic links are
 * packed and unpacked as links; only those in the requested path are followed.
 */
#define _GNU_SOURCE
#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK = 512,
    BUFFER = 64 * 1024,
    MAX_NAME = 64 * 1024,
    MAX_PAX = 1024 * 1024,
    /* What fits into eleven octal digits. */
    OCTAL_DIGITS = 11,
};

struct header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100];
    char magic[6], version[2], owner[32], group[32], major[8], minor[8], prefix[155], rest[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a header is a block");

static const char zeros[BLOCK];

/* Report a problem with one entry; the others continue. */
static bool complain(const char *name, const char *why) {
    fprintf(stderr, "%s: %s\n", name, why);
    return false;
}

static bool failed(const char *name) {
    return complain(name, strerror(errno));
}

/* --- Packing --- */

static bool pack(int folder, const char *entry, const char *name);

static void put_octal(char *field, size_t size, unsigned long long number) {
    for (size_t i = size - 1; i-- > 0; number /= 8)
        field[i] = (char)('0' + number % 8);
}

static void put_padding(unsigned long long length) {
    fwrite(zeros, 1, (size_t)((BLOCK - length % BLOCK) % BLOCK), stdout);
}

static void put_header(const char *name, char type, const struct stat *about, unsigned long long size, const char *link) {
    struct header header;
    memset(&header, 0, sizeof header);
    memcpy(header.name, name, strnlen(name, sizeof header.name));
    memcpy(header.link, link, strnlen(link, sizeof header.link));
    put_octal(header.mode, sizeof header.mode, about->st_mode & 0777);
    put_octal(header.uid, sizeof header.uid, 0);
    put_octal(header.gid, sizeof header.gid, 0);
    put_octal(header.size, sizeof header.size, size);
    put_octal(header.mtime, sizeof header.mtime, about->st_mtime < 0 ? 0 : (unsigned long long)about->st_mtime);
    header.type = type;
    memcpy(header.magic, "ustar", 6);
    memcpy(header.version, "00", 2);
    memset(header.checksum, ' ', sizeof header.checksum);
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof header; i++)
        sum += ((unsigned char *)&header)[i];
    put_octal(header.checksum, 7, sum);
    header.checksum[6] = '\0';
    fwrite(&header, 1, sizeof header, stdout);
}

/* Append a record of an extended header: its own length, which includes its own digits, a key and a value. */
static void add_record(char *records, size_t *length, const char *key, const char *value) {
    size_t rest = strlen(key) + strlen(value) + 3, digits = 1;
    for (size_t limit = 10; rest + digits >= limit; limit *= 10)
        digits++;
    *length += (size_t)sprintf(records + *length, "%zu %s=%s\n", rest + digits, key, value);
}

static bool put_entry(const char *name, char type, const struct stat *about, unsigned long long size, const char *link) {
    bool long_name = strlen(name) > sizeof((struct header *)0)->name;
    bool long_link = strlen(link) > sizeof((struct header *)0)->link;
    bool large = size >> (3 * OCTAL_DIGITS);
    if (long_name || long_link || large) {
        char *records = malloc(strlen(name) + strlen(link) + 256), number[32];
        size_t length = 0;
        if (!records)
            return failed(name);
        snprintf(number, sizeof number, "%llu", size);
        if (long_name)
            add_record(records, &length, "path", name);
        if (long_link)
            add_record(records, &length, "linkpath", link);
        if (large)
            add_record(records, &length, "size", number);
        put_header("././@PaxHeader", 'x', about, length, "");
        fwrite(records, 1, length, stdout);
        put_padding(length);
        free(records);
    }
    put_header(name, type, about, large ? 0 : size, link);
    return true;
}

/* Pack the content of a file: its initial size, whatever happens to it meanwhile. */
static bool pack_content(int file, const char *name, const struct stat *about) {
    static char buffer[BUFFER];
    unsigned long long size = (unsigned long long)about->st_size, left = size;
    if (!put_entry(name, '0', about, size, ""))
        return false;
    while (left > 0) {
        ssize_t length = read(file, buffer, left < sizeof buffer ? (size_t)left : sizeof buffer);
        if (length <= 0)
            break;
        fwrite(buffer, 1, (size_t)length, stdout);
        left -= (unsigned long long)length;
    }
    bool whole = left == 0;
    for (; left > 0; left -= left < BLOCK ? left : BLOCK)
        fwrite(zeros, 1, left < BLOCK ? (size_t)left : BLOCK, stdout);
    put_padding(size);
    return whole || complain(name, "became shorter while it was read");
}

static bool pack_folder(int folder, const char *name, const struct stat *about) {
    bool whole = put_entry(name, '5', about, 0, "");
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return failed(name);
    }
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *inner;
        if (asprintf(&inner, "%s/%s", name, entry->d_name) < 0)
            return failed(name);
        whole &= pack(folder, entry->d_name, inner);
        free(inner);
    }
    closedir(entries);
    return whole;
}

static bool pack_open(int file, const char *name) {
    struct stat about;
    if (fstat(file, &about) != 0)
        return failed(name);
    if (S_ISDIR(about.st_mode))
        return pack_folder(file, name, &about);
    bool whole = S_ISREG(about.st_mode) ? pack_content(file, name, &about) : complain(name, "neither file nor folder");
    close(file);
    return whole;
}

static bool pack_link(int folder, const char *entry, const char *name, const struct stat *about) {
    static char target[MAX_NAME];
    ssize_t length = readlinkat(folder, entry, target, sizeof target - 1);
    if (length < 0)
        return failed(name);
    target[length] = '\0';
    return put_entry(name, '2', about, 0, target);
}

/* Names are bytes here, and text at the receiver. */
static bool is_text(const char *name) {
    for (const unsigned char *at = (const unsigned char *)name; *at; at++) {
        int more = *at < 0x80 ? 0 : *at < 0xc2 ? -1 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : *at < 0xf5 ? 3 : -1;
        if (more < 0)
            return false;
        for (; more > 0; more--)
            if ((*++at & 0xc0) != 0x80)
                return false;
    }
    return true;
}

static bool pack(int folder, const char *entry, const char *name) {
    struct stat about;
    if (!is_text(entry))
        return complain(name, "its name is not UTF-8: not copied");
    if (fstatat(folder, entry, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(name);
    if (S_ISLNK(about.st_mode))
        return pack_link(folder, entry, name, &about);
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return complain(name, "neither file, folder nor link: not copied");
    int file = openat(folder, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    return file < 0 ? failed(name) : pack_open(file, name);
}

/* Pack a path to standard output. Return the exit code. */
int archive_get(const char *path) {
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool whole = file < 0 ? failed(path) : pack_open(file, ".");
    fwrite(zeros, 1, BLOCK, stdout);
    fwrite(zeros, 1, BLOCK, stdout);
    if (fflush(stdout) != 0)
        whole = failed("output");
    return whole ? 0 : 1;
}

/* --- Unpacking --- */

struct entry {
    char type;
    unsigned mode;
    unsigned long long size;
    time_t mtime;
    char name[MAX_NAME], link[MAX_NAME];
};

/* Created folders get their modes at the end: until then they must be writable. */
struct made {
    struct made *before;
    unsigned mode;
    time_t mtime;
    char name[];
};

static unsigned long long octal(const char *field, size_t size) {
    unsigned long long number = 0;
    for (size_t i = 0; i < size && field[i] >= '0' && field[i] <= '7'; i++)
        number = number * 8 + (unsigned long long)(field[i] - '0');
    return number;
}

static bool skip(unsigned long long length) {
    char buffer[BLOCK];
    for (; length > 0; length -= length < BLOCK ? length : BLOCK)
        if (fread(buffer, 1, length < BLOCK ? (size_t)length : BLOCK, stdin) == 0)
            return false;
    return true;
}

static unsigned long long padding(unsigned long long length) {
    return (BLOCK - length % BLOCK) % BLOCK;
}

/* Parse the records of an extended header, which override the following header. */
static bool read_records(unsigned long long size, struct entry *entry, bool *has_size) {
    if (size > MAX_PAX)
        return false;
    char *records = malloc((size_t)size + 1);
    bool right = records && fread(records, 1, (size_t)size, stdin) == size && skip(padding(size));
    for (size_t at = 0; right && at < size;) {
        char *end;
        size_t length = strtoul(records + at, &end, 10);
        right = *end == ' ' && length > 0 && length <= size - at && records[at + length - 1] == '\n';
        if (!right)
            break;
        records[at + length - 1] = '\0';
        char *key = end + 1, *value = strchr(key, '=');
        if (!value)
            break;
        *value++ = '\0';
        if (strcmp(key, "path") == 0)
            snprintf(entry->name, sizeof entry->name, "%s", value);
        else if (strcmp(key, "linkpath") == 0)
            snprintf(entry->link, sizeof entry->link, "%s", value);
        else if (strcmp(key, "size") == 0) {
            entry->size = strtoull(value, NULL, 10);
            *has_size = true;
        }
        at += length;
    }
    free(records);
    return right;
}

/* Read up to the next entry. Return 1; 0 at the end of the archive; -1 if it is missing or broken. */
static int next_entry(struct entry *entry) {
    bool has_size = false;
    entry->name[0] = entry->link[0] = '\0';
    for (;;) {
        struct header header;
        if (fread(&header, 1, sizeof header, stdin) != sizeof header)
            return -1;
        if (memcmp(&header, zeros, BLOCK) == 0)
            return 0;
        if (memcmp(header.magic, "ustar", 5) != 0)
            return -1;
        unsigned long long size = octal(header.size, sizeof header.size);
        if (header.type == 'x') {
            if (!read_records(size, entry, &has_size))
                return -1;
            continue;
        }
        if (header.type == 'g') {
            if (!skip(size + padding(size)))
                return -1;
            continue;
        }
        entry->type = header.type;
        entry->mode = (unsigned)octal(header.mode, sizeof header.mode) & 0777;
        entry->mtime = (time_t)octal(header.mtime, sizeof header.mtime);
        if (!has_size)
            entry->size = size;
        if (!*entry->name && header.prefix[0])
            snprintf(entry->name, sizeof entry->name, "%.155s/%.100s", header.prefix, header.name);
        else if (!*entry->name)
            snprintf(entry->name, sizeof entry->name, "%.100s", header.name);
        if (!*entry->link)
            snprintf(entry->link, sizeof entry->link, "%.100s", header.link);
        /* Folders may end in a slash. */
        for (size_t length = strlen(entry->name); length > 1 && entry->name[length - 1] == '/'; length--)
            entry->name[length - 1] = '\0';
        return 1;
    }
}

/*
 * Open the folder of an entry: from the top, through real folders only. Return it, and where the last part of the name
 * begins; -1 with errno.
 */
static int go_to(int top, const char *top_name, char *name, const char **last) {
    int folder = fcntl(top, F_DUPFD_CLOEXEC, 0);
    const char *part = top_name;
    char *rest = name[0] == '.' && name[1] == '/' ? name + 2 : NULL;
    if (!rest && strcmp(name, ".") != 0) {
        errno = EINVAL;
        close(folder);
        return -1;
    }
    while (folder >= 0 && rest && *rest) {
        int inner = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int reason = errno;
        close(folder);
        errno = reason;
        folder = inner;
        part = rest;
        char *slash = strchr(rest, '/');
        if (slash)
            *slash = '\0';
        rest = slash ? slash + 1 : NULL;
        if (folder >= 0 && (!*part || strcmp(part, ".") == 0 || strcmp(part, "..") == 0)) {
            close(folder);
            errno = EINVAL;
            return -1;
        }
    }
    *last = part;
    return folder;
}

static void set_time(int file, time_t mtime) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = mtime}};
    futimens(file, times);
}

/* Write a file beside its target, and rename it when it is complete. */
static bool unpack_content(int folder, const char *name, const struct entry *entry) {
    static char buffer[BUFFER];
    char beside[64];
    snprintf(beside, sizeof beside, ".paddock-%d", (int)getpid());
    unlinkat(folder, beside, 0);
    int file = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool written = file >= 0;
    unsigned long long left = entry->size;
    while (left > 0) {
        size_t length = fread(buffer, 1, left < sizeof buffer ? (size_t)left : sizeof buffer, stdin);
        if (length == 0) {
            errno = EPIPE;
            written = false;
            break;
        }
        for (size_t at = 0; written && at < length;) {
            ssize_t some = write(file, buffer + at, length - at);
            written = some > 0;
            at += written ? (size_t)some : 0;
        }
        left -= length;
    }
    if (written) {
        written = fchmod(file, entry->mode) == 0;
        set_time(file, entry->mtime);
    }
    written = written && renameat(folder, beside, folder, name) == 0;
    int reason = errno;
    if (!written)
        unlinkat(folder, beside, 0);
    if (file >= 0)
        close(file);
    errno = reason;
    return written;
}

/* @path the name in the archive; finding the folder has cut up entry->name */
static bool unpack_folder(int folder, const char *name, const struct entry *entry, const char *path, struct made **made) {
    if (mkdirat(folder, name, 0700) != 0) {
        struct stat about;
        int reason = errno;
        /* An existing one stays as it is. */
        bool there = fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(about.st_mode);
        errno = reason;
        return there;
    }
    struct made *one = malloc(sizeof *one + strlen(path) + 1);
    if (!one)
        return false;
    *one = (struct made){.before = *made, .mode = entry->mode, .mtime = entry->mtime};
    strcpy(one->name, path);
    *made = one;
    return true;
}

static bool finish_folder(int top, const char *top_name, struct made *made) {
    const char *last;
    int holder = go_to(top, top_name, made->name, &last);
    int folder = holder < 0 ? -1 : openat(holder, last, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool done = folder >= 0 && fchmod(folder, made->mode) == 0;
    if (folder >= 0) {
        set_time(folder, made->mtime);
        close(folder);
    }
    if (holder >= 0)
        close(holder);
    return done;
}

static bool unpack_link(int folder, const char *name, const struct entry *entry) {
    if (symlinkat(entry->link, folder, name) == 0)
        return true;
    return errno == EEXIST && unlinkat(folder, name, 0) == 0 && symlinkat(entry->link, folder, name) == 0;
}

/* Unpack standard input. Return whether the archive was read to its end; set *whole to false if an entry failed. */
static bool unpack_all(int top, const char *top_name, struct made **made, bool *whole) {
    static struct entry entry;
    for (int more; (more = next_entry(&entry)) != 0;) {
        if (more < 0)
            return false;
        const char *last = top_name;
        static char path[MAX_NAME];
        strcpy(path, entry.name);
        int folder = go_to(top, top_name, entry.name, &last);
        bool done = folder >= 0;
        if (done && entry.type == '0')
            done = unpack_content(folder, last, &entry);
        else if (done && entry.type == '5')
            done = unpack_folder(folder, last, &entry, path, made);
        else if (done && entry.type == '2')
            done = unpack_link(folder, last, &entry);
        else if (!skip(entry.size))
            return false;
        if (!done)
            *whole = failed(path);
        if (!skip(padding(entry.size)))
            return false;
        if (folder >= 0)
            close(folder);
    }
    return true;
}

/* Open the parent folder of a path, and find the path's last part. Return -1 with errno. */
static int open_holder(const char *path, const char **last) {
    const char *slash = strrchr(path, '/');
    *last = slash ? slash + 1 : path;
    if (!**last)
        return -1;
    char *holder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    int folder = holder ? open(holder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(holder);
    return folder;
}

/*
 * Unpack standard input: into the folder at a path, under the original name, or else as that path. Return the exit
 * code.
 */
int archive_put(const char *path, const char *name) {
    struct made *made = NULL;
    bool whole = true;
    int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0 && (errno == ENOENT || errno == ENOTDIR))
        top = open_holder(path, &name);
    if (top < 0) {
        failed(path);
        return 1;
    }
    if (!unpack_all(top, name, &made, &whole))
        whole = complain(path, "what came is no whole archive");
    for (struct made *one = made; one; one = one->before)
        if (!finish_folder(top, name, one))
            whole = failed(path);
    return whole ? 0 : 1;
}
