# Prints what is known about the firewall backend of libvirt's filters, one line each.
PATH=$PATH:/usr/sbin:/sbin
conf=/etc/libvirt/nwfilter.conf
sed -n 's/^[[:space:]]*firewall_backend[[:space:]]*=[[:space:]]*"\([a-z]*\)".*/configured=\1/p' "$conf" 2>/dev/null | tail -n 1
# The commented-out value is the one that this build of libvirt tries first.
sed -n 's/^#[[:space:]]*firewall_backend[[:space:]]*=[[:space:]]*"\([a-z]*\)".*/default=\1/p' "$conf" 2>/dev/null | tail -n 1
for driver in /usr/lib/*/libvirt/connection-driver/libvirt_driver_nwfilter.so \
    /usr/lib*/libvirt/connection-driver/libvirt_driver_nwfilter.so; do
  [ -r "$driver" ] || continue
  if grep -q firewall_backend "$driver"; then echo knows=yes; else echo knows=no; fi
  break
done
command -v iptables >/dev/null 2>&1 && command -v ebtables >/dev/null 2>&1 && echo iptables=yes
command -v nft >/dev/null 2>&1 && echo nftables=yes
# A new namespace leaves the machine's rules alone. It needs root, so other users get no answer.
if unshare --net true 2>/dev/null; then
  if unshare --net iptables -A FORWARD -j CONTINUE 2>/dev/null; then echo continue=yes; else echo continue=no; fi
  if command -v nft >/dev/null 2>&1; then
    if unshare --net nft 'add table bridge t; add chain bridge t c; add rule bridge t c ct state new' 2>/dev/null
    then echo tracks=yes; else echo tracks=no; fi
  fi
fi
true
