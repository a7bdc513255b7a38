#!/bin/sh
# Runs a command in the files of a Debian release, as on a machine of its own: with its own mounts, processes and host name,
# and with the network, the checkout, the JDK, the Maven repository and the caches of this machine.
#
#   unshare --mount --pid --ipc --uts --fork --kill-child sh .ci/in-release.sh ROOT HOME JDK COMMAND [ARGUMENT...]
#
# Nothing that is written stays, but in the caches: the checkout is seen through an overlay, so that runs in several
# releases do not take each other's classes.
set -eu
root=$1
home=$2
jdk=$3
shift 3

mount --make-rprivate /
work=/run/paddock-test
mkdir -p "$work"
mount -t tmpfs -o mode=755 paddock-test "$work"
mkdir "$work/upper" "$work/work" "$work/top" "$work/home" "$work/home-work"
mount -t overlay -o "lowerdir=$root,upperdir=$work/upper,workdir=$work/work" paddock-test "$work/top"
new=$work/top

bind() {
    mkdir -p "$new$1"
    mount "$2" "$1" "$new$1"
}

bind /dev --rbind
bind "$jdk" --bind
mkdir -p "$HOME/.m2" "${XDG_CACHE_HOME:-$HOME/.cache}/paddock"
bind "$HOME/.m2" --bind
# Images and roots, which take minutes to make; what the launcher notes of a checkout is of the machine that it runs on.
for cache in images roots; do
    mkdir -p "${XDG_CACHE_HOME:-$HOME/.cache}/paddock/$cache"
    bind "${XDG_CACHE_HOME:-$HOME/.cache}/paddock/$cache" --bind
done
mkdir -p "$new$home"
mount -t overlay -o "lowerdir=$home,upperdir=$work/home,workdir=$work/home-work" paddock-test "$new$home"
# The documents of other projects, where they are.
if [ -d "$home/../shared" ]; then
    mkdir -p "$new${home%/*}/shared"
    mount --bind "$home/../shared" "$new${home%/*}/shared"
fi
# How this machine gets its packages.
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt "$HOME/.gitconfig"; do
    [ ! -f "$file" ] || { mkdir -p "$new${file%/*}" && cp -L "$file" "$new$file"; }
done

mkdir -p "$new/.machine"
cd "$new"
pivot_root . .machine
cd /
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
mount -t tmpfs -o mode=755,nosuid run /run
mkdir -p /run/lock
umount -l /.machine
rmdir /.machine
cd "$home"
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
"$@"
