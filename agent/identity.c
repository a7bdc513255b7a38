/* The user, the environment and the folder of a command. */
#define _GNU_SOURCE
#include "agent.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_GROUPS = 256 };

/* Find a user by name or number. Not with getpwnam: in a static program it would need the guest's own libc. */
static bool find(const char *name, struct passwd *found) {
    FILE *file = fopen("/etc/passwd", "re");
    char *end;
    unsigned long number = strtoul(name, &end, 10);
    bool is_number = *name != '\0' && *end == '\0';
    bool is_found = false;
    for (struct passwd *entry; file && !is_found && (entry = fgetpwent(file));)
        if (strcmp(entry->pw_name, name) == 0 || (is_number && entry->pw_uid == number)) {
            /* The entry is valid until the next is read, and none is. */
            *found = *entry;
            is_found = true;
        }
    if (file)
        fclose(file);
    return is_found;
}

static int groups_of(const struct passwd *user, gid_t *groups) {
    int found = 0;
    groups[found++] = user->pw_gid;
    FILE *file = fopen("/etc/group", "re");
    for (struct group *group; file && found < MAX_GROUPS && (group = fgetgrent(file));)
        for (char **member = group->gr_mem; *member; member++)
            if (strcmp(*member, user->pw_name) == 0 && group->gr_gid != user->pw_gid && found < MAX_GROUPS)
                groups[found++] = group->gr_gid;
    if (file)
        fclose(file);
    return found;
}

static bool become(const struct passwd *user) {
    gid_t groups[MAX_GROUPS];
    int found = groups_of(user, groups);
    return setgroups((size_t)found, groups) == 0 && setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0;
}

bool identity_assume(const struct request *request, const char **what) {
    static struct passwd root = {.pw_name = "root", .pw_dir = "/root", .pw_shell = "/bin/sh"};
    struct passwd user = root;
    const char *name = request->user ? request->user : "0";

    /* As root, who alone may read them; and first, so that they override what every command has. */
    clearenv();
    *what = "the variables of the claim";
    if (!claim_environment())
        return false;

    *what = name;
    if (!find(name, &user) && request->user) {
        errno = ENOENT;
        return false;
    }
    if (user.pw_uid != geteuid() || request->user)
        if (!become(&user))
            return false;

    const char *path = user.pw_uid == 0 ? ROOT_PATH : "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games";
    setenv("PATH", path, 0);
    setenv("HOME", user.pw_dir, 0);
    setenv("USER", user.pw_name, 0);
    setenv("LOGNAME", user.pw_name, 0);
    setenv("SHELL", *user.pw_shell ? user.pw_shell : "/bin/sh", 0);
    if (request->terminal)
        setenv("TERM", "xterm", 0);
    for (char **variable = request->variables; *variable; variable++)
        if (putenv(*variable) != 0)
            return false;

    if (request->folder) {
        *what = request->folder;
        return chdir(request->folder) == 0;
    }
    return chdir(user.pw_dir) == 0 || chdir("/") == 0;
}
