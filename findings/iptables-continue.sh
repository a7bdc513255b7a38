#!/bin/sh
# iptables and a target that it does not have, CONTINUE: 1.8.9 refuses the rule, 1.8.11 makes one without a target.
#
# libvirt writes `-j CONTINUE` for a filter rule of a protocol of IP with action='continue'. So such a filter keeps guests
# from starting on Debian 12, and does nothing on Debian 13.
set -eu
. "$(dirname "$0")/in-release.sh"

seen() {
    in_release "$1" iptables <<'SCRIPT'
iptables --version | cut -d ' ' -f 2
if said=$(iptables -A FORWARD -p tcp --dport 80 -j CONTINUE 2>&1); then
    iptables -S FORWARD | grep -- --dport
else
    echo "$said" | head -n 1
fi
SCRIPT
}

old=$(seen bookworm)
new=$(seen trixie)
echo "bookworm: $old"
echo "trixie: $new"
case $old in *'unknown option "-j"'* | *"Couldn't load target"* | *'CONTINUE'*) ;; *) exit 1 ;; esac
case $new in *'--dport 80'*) ;; *) exit 1 ;; esac
case $new in *CONTINUE*) exit 1 ;; esac
