#!/bin/sh
# The first process of a lab: sets up its namespaces, then keeps libvirt running in them.
#
# Started as   unshare --mount --net --pid --fork sh lab-init.sh FOLDER [ROOT SHARED...]
# with a folder that holds run, etc, lib, cache, log and root. Ending this process ends everything in the lab, as it is
# process 1 of its namespace. Nothing here outlives the namespaces but the folder.
#
# With ROOT the lab runs the system in that folder, which it does not change. It shares the folders that the machine has
# for its users, and those named.
set -eu
folder=$1
root=${2:-}
shift
[ -z "$root" ] || shift
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022

# /proc is still that of the host, so this is our number there, and the time (field 22) that tells it from a later
# process of the same number. The name in parentheses is the shell's, and has no blank.
read -r pid _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ started _ </proc/self/stat
printf 'pid=%s\nstarted=%s\n' "$pid" "$started" >"$folder/init.new"
mv "$folder/init.new" "$folder/init"

mount --make-rprivate /

share() {
    if [ -d "$1" ] && [ ! -L "$1" ]; then
        mkdir -p "$new$1"
        mount "$2" "$1" "$new$1"
    fi
}

if [ -n "$root" ]; then
    mount -t tmpfs -o mode=755 lab-root "$folder/root"
    new=$folder/root/top
    mkdir "$new" "$folder/root/upper" "$folder/root/work"
    mount -t overlay -o "lowerdir=$root,upperdir=$folder/root/upper,workdir=$folder/root/work" lab-root "$new"
    for top in /*; do
        case $top in
            /bin | /boot | /etc | /lib* | /lost+found | /proc | /run | /sbin | /sys | /usr | /var) ;;
            *) share "$top" --rbind ;;
        esac
    done
    # Not the mounts below: what is in a lab is its own.
    for path; do
        share "$path" --bind
    done
    mkdir -p "$new/.machine"
    cd "$new"
    pivot_root . .machine
    cd /
    mount -t proc -o nosuid,nodev,noexec proc /proc
    mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
    umount -l /.machine
    rmdir /.machine
else
    mount -t proc -o nosuid,nodev,noexec proc /proc
    # The control groups go with the old /sys: libvirt then leaves those of the host alone.
    umount -R -l /sys || :
    mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
fi
# A /run of our own also keeps the system bus away, and with it firewalld, polkit and machined.
mount -t tmpfs -o mode=755,nosuid lab-run /run
mkdir -p /run/libvirt /run/lock
# Guests do not run as root, and a machine may keep /dev/kvm for root. libvirt would then take what it knows of QEMU for
# outdated at every start of a guest, and ask QEMU for all of it again, for seconds.
if [ -c /dev/kvm ] && mknod -m 666 /run/kvm c 10 232; then
    mount --bind /run/kvm /dev/kvm
fi
mount --bind "$folder/run" /run/libvirt
mkdir -p /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt
mount --bind "$folder/etc" /etc/libvirt
mount --bind "$folder/lib" /var/lib/libvirt
mount --bind "$folder/cache" /var/cache/libvirt
mount --bind "$folder/log" /var/log/libvirt

ip link set lo up
if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then
    for family in ip ip6 arp; do
        echo 1 >"/proc/sys/net/bridge/bridge-nf-call-${family}tables"
    done
fi

# A daemon is started again whenever it ends, however it ends; guests and networks go on meanwhile. A shell that waits
# also reaps what daemons leave behind, which is the duty of a process 1.
keep() {
    while :; do
        rm -f "/run/$1.pid"
        "$1" --config "/etc/libvirt/$1.conf" </dev/null >>"/var/log/libvirt/$1.out" 2>&1 &
        wait "$!" || :
        sleep 0.2
    done
}

if ! command -v libvirtd >/dev/null; then
    # This libvirt has a daemon for each driver. virtproxyd listens where libvirtd would, and hands on to the others, so it
    # comes last.
    for daemon in virtsecretd virtnodedevd virtinterfaced virtnwfilterd virtnetworkd virtstoraged virtqemud virtproxyd; do
        command -v "$daemon" >/dev/null || continue
        sed "s/libvirtd/$daemon/" /etc/libvirt/libvirtd.conf >"/etc/libvirt/$daemon.conf"
        [ "$daemon" != virtproxyd ] || keep "$daemon"
        keep "$daemon" &
        tries=100
        while [ ! -S "/run/libvirt/$daemon-sock" ] && [ "$tries" -gt 0 ]; do
            sleep 0.1
            tries=$((tries - 1))
        done
    done
    # Without it, virtqemud answers in its place, and asks the others as well.
    ln -sf virtqemud-sock /run/libvirt/libvirt-sock
    ln -sf virtqemud-sock-ro /run/libvirt/libvirt-sock-ro
    while :; do
        wait || :
        sleep 1
    done
fi
keep libvirtd
