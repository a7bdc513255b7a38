#!/bin/sh
# Creates, empties and removes the workspace of a slot, on the machine where libvirt runs:
#   create BASE SLOT BYTES UID GID, empty BASE SLOT UID GID, remove BASE SLOT, list BASE
# Every command is idempotent, also after it was interrupted.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C.UTF-8
export PATH LC_ALL
umask 077

verb=$1 base=$2 slot=${3:-}
home=$base/$slot share=$base/$slot/share image=$base/$slot/image
# No link on it leads anywhere, not even for root.
options=nosuid,nodev,noexec,noatime,nosymfollow

# First end whatever an earlier, killed run still does to the slot. The folder is the lock.
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
        # There are enough inodes for the owner and mode that 9p records. The content needs no journal. All space is
        # reserved, so that all workspaces together cannot fill the disk either.
        truncate -s "$1" "$image"
        mkfs.ext4 -q -F -m 0 -I 512 -O ^has_journal "$image"
        fallocate -l "$1" "$image"
        # Not every machine has loop devices: containers often have none.
        if ! mount -o "loop,$options" "$image" "$share" 2>/dev/null; then
            rm "$image"
            mount -t tmpfs -o "size=$1,mode=700,$options" workspace "$share"
        fi
        echo "$1" >"$home/bytes"
    fi
    empty "$2" "$3"
    [ -e "$image" ] && echo disk || echo memory
}

# QEMU keeps the folder open while it runs, so the folder stays, owned by root. All that a guest can change is removed.
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
