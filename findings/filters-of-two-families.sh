#!/bin/sh
# Filters by iptables in libvirt 12.9: once two ports were bound to filters with rules for IPv4 alone, a filter with a rule
# for IPv6 cannot be bound any more, be libvirtd started anew or not. Bound before the second, it can; in 9.0 always.
set -eu
. "$(dirname "$0")/in-release.sh"

seen() {
    in_release "$1" libvirt-daemon-system,libvirt-daemon-config-nwfilter,libvirt-clients,qemu-system-x86,dnsmasq-base,iproute2,iptables,nftables,ebtables <<'SCRIPT'
libvirtd --daemon
export LIBVIRT_DEFAULT_URI=qemu:///system
i=0; until virsh -q nwfilter-list >/dev/null 2>&1; do i=$((i+1)); [ $i -lt 60 ]; sleep 1; done
virsh version --daemon | grep daemon
for port in 1 2 3; do ip link add port$port type veth peer name end$port; done
for protocol in tcp tcp-ipv6; do
    echo "<filter name='$protocol'><rule action='accept' direction='out'><$protocol dstportstart='80'/></rule></filter>" >f.xml
    virsh -q nwfilter-define f.xml
done
bind() {
    echo "<filterbinding><owner><name>guest$1</name><uuid>70616464-6f63-4b21-8000-00000000000$1</uuid></owner>" \
        "<portdev name='port$1'/><mac address='52:54:00:00:00:0$1'/><filterref filter='$2'/></filterbinding>" >b.xml
    virsh nwfilter-binding-create b.xml 2>&1 | grep . | tail -n 1
}
bind 1 tcp
bind 2 tcp
bind 3 tcp-ipv6
SCRIPT
}

old=$(seen bookworm)
new=$(seen trixie-backports)
echo "bookworm: $old"
echo "trixie-backports: $new"
case $old in *error:*) exit 1 ;; *"binding on port3 created"*) ;; *) exit 1 ;; esac
case $new in *"binding on port2 created"*"No chain/target/match by that name"*) ;; *) exit 1 ;; esac
