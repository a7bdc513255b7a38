# Prints what is known about the machine's libvirt, one line each.
[ -S /run/libvirt/virtqemud-sock ] && echo modular=yes
[ -S /run/libvirt/libvirt-sock ] && echo common=yes
command -v dpkg-query >/dev/null 2>&1 || exit 0
. /etc/os-release
echo "release=${VERSION_CODENAME:-}"
dpkg-query -W -f='version=${Version}\n' libvirt0 2>/dev/null
zcat /usr/share/doc/libvirt0/changelog.Debian.gz 2>/dev/null | grep -o 'CVE-[0-9]*-[0-9]*' | sort -u | sed 's/^/fixed=/'
true
