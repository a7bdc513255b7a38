#!/bin/sh
# An interface that has the name of a network's bridge: libvirt 9.0 refuses to start the network and leaves the interface,
# 11.3 deletes it and refuses then.
set -eu
. "$(dirname "$0")/in-release.sh"

seen() {
    in_release "$1" libvirt-daemon-system,libvirt-clients,qemu-system-x86,dnsmasq-base,iproute2,iptables,nftables,ebtables <<'SCRIPT'
libvirtd --daemon
export LIBVIRT_DEFAULT_URI=qemu:///system
i=0; until virsh -q net-list >/dev/null 2>&1; do i=$((i+1)); [ $i -lt 60 ]; sleep 1; done
virsh version --daemon | grep daemon
ip link set lo up
ip link add uplink type veth peer name other
echo "<network><name>net</name><bridge name='uplink'/><ip address='10.9.0.1' prefix='24'/></network>" >net.xml
virsh -q net-define net.xml
virsh net-start net 2>&1 | grep . | tail -n 1
if ip link show uplink >/dev/null 2>&1; then echo there; else echo gone; fi
SCRIPT
}

old=$(seen bookworm)
new=$(seen trixie)
echo "bookworm: $old"
echo "trixie: $new"
case $old in *error:*there) ;; *) exit 1 ;; esac
case $new in *error:*gone) ;; *) exit 1 ;; esac
