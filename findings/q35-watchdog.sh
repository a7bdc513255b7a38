#!/bin/sh
# A guest on the machine q35 that declares no watchdog has one once libvirt 11.3 has defined it, and none with 9.0.
#
# Whoever compares a guest with what was declared takes it for a change that somebody made.
set -eu
. "$(dirname "$0")/in-release.sh"

seen() {
    in_release "$1" libvirt-daemon-system,libvirt-clients,qemu-system-x86 <<'SCRIPT'
libvirtd --daemon
export LIBVIRT_DEFAULT_URI=qemu:///system
i=0; until virsh -q list >/dev/null 2>&1; do i=$((i+1)); [ $i -lt 60 ]; sleep 1; done
virsh version --daemon | grep daemon
cat >guest.xml <<'XML'
<domain type='qemu'>
  <name>guest</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
</domain>
XML
virsh -q define guest.xml
virsh dumpxml guest | grep '<watchdog' || echo none
SCRIPT
}

old=$(seen bookworm)
new=$(seen trixie)
echo "bookworm: $old"
echo "trixie: $new"
case $old in *none) ;; *) exit 1 ;; esac
case $new in *"<watchdog model='itco' action='reset'"*) ;; *) exit 1 ;; esac
