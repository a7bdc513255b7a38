#!/bin/sh
# iptables 1.8.9 rejects a rule with the unknown target CONTINUE; 1.8.11 creates a rule without a target instead.
#
# libvirt writes `-j CONTINUE` for a filter rule with an IP protocol and action='continue'. So a VM behind such a filter does
# not start on Debian 12, and on Debian 13 the rule has no effect.
set -eu
. "$(dirname "$0")/in-release.sh"

reproduce() {
    in_release "$1" iptables <<'SCRIPT'
iptables --version | cut -d ' ' -f 2
if output=$(iptables -A FORWARD -p tcp --dport 80 -j CONTINUE 2>&1); then
    iptables -S FORWARD | grep -- --dport
else
    echo "$output" | head -n 1
fi
SCRIPT
}

old=$(reproduce bookworm)
new=$(reproduce trixie)
echo "bookworm: $old"
echo "trixie: $new"
case $old in *'unknown option "-j"'* | *"Couldn't load target"* | *'CONTINUE'*) ;; *) exit 1 ;; esac
case $new in *'--dport 80'*) ;; *) exit 1 ;; esac
case $new in *CONTINUE*) exit 1 ;; esac
