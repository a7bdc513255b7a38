#!/bin/sh
# Makes, empties and removes the workspace of a slot, where libvirt runs:
#   create BASE SLOT BYTES UID GID, empty BASE SLOT UID GID, remove BASE SLOT, list BASE
# All may be done again, also after an end in the middle.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C.UTF-8
export PATH LC_ALL
umask 077

verb=$1 base=$2 slot=${3:-}
home=$base/$slot share=$base/$slot/share image=$base/$slot/image
# No link on it leads anywhere, not even for root.
options=nosuid,nodev,noexec,noatime,nosymfollow

# Whatever an earlier run, whose program was killed, still does to the slot ends first. The folder is the lock.
lock() {
    (umask 022 && mkdir -p "$base")
    while :; do
        mkdir -p "$home"
        exec 9<"$home"
        flock 9
        [ ! "$home" -ef /dev/fd/9 ] || return 0
    done
}

unmount() {
    while mountpoint -q "$share"; do
        umount "$share" || umount --lazy "$share"
    done
}

create() {
    chmod 0711 "$base"
    chown "root:$3" "$home"
    chmod 0710 "$home"
    if ! mountpoint -q "$share" || [ "$(cat "$home/bytes" 2>/dev/null)" != "$1" ]; then
        unmount
        rm -f "$image" "$home/bytes"
        mkdir -p "$share"
        # Inodes have room for what 9p keeps of owner and mode. What it holds is not worth a journal. All of it is set aside,
        # so that workspaces cannot fill the disk together either.
        truncate -s "$1" "$image"
        mkfs.ext4 -q -F -m 0 -I 512 -O ^has_journal "$image"
        fallocate -l "$1" "$image"
        # Not every machine has loop devices, as those that are containers.
        if ! mount -o "loop,$options" "$image" "$share" 2>/dev/null; then
            rm "$image"
            mount -t tmpfs -o "size=$1,mode=700,$options" workspace "$share"
        fi
        echo "$1" >"$home/bytes"
    fi
    empty "$2" "$3"
    [ -e "$image" ] && echo disk || echo memory
}

# QEMU has the folder open for as long as it runs, so it stays, and is root's: of what a guest may change nothing is left.
empty() {
    mountpoint -q "$share"
    chmod 1777 "$share"
    find "$share" -mindepth 1 -xdev -delete
    for folder in input output work; do
        mkdir "$share/$folder"
        chown "$1:$2" "$share/$folder"
        chmod 0777 "$share/$folder"
    done
}

remove() {
    unmount
    rm -f "$image" "$home/bytes"
    [ ! -e "$share" ] || rmdir "$share"
    rmdir "$home"
}

case $verb in
    create)
        lock
        create "$4" "$5" "$6"
        ;;
    empty)
        [ -d "$home" ]
        lock
        empty "$4" "$5"
        ;;
    remove)
        [ -d "$home" ] || exit 0
        lock
        remove
        ;;
    list)
        [ ! -d "$base" ] || ls "$base"
        ;;
esac
