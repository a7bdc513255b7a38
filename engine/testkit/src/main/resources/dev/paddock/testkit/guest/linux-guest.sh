#!/bin/sh
# Builds a kernel and an initramfs from Debian packages: linux-guest.sh FOLDER. Booted, they run a shell on the first
# serial port, which runs each line that it reads, and the virtio modules.
set -eu
folder=$1
[ ! -f "$folder/done" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder/packages" "$folder/system" "$folder/root/bin" "$folder/root/modules"
cd "$folder/packages"
depends() {
    apt-cache depends "$1" | sed -n "s/^ *Depends: \\($2.*\\)/\\1/p"
}
# Debian 14's image is an empty package that depends on one with the kernel and one with its modules.
packages() {
    image=$(depends linux-image-cloud-amd64 linux-image-)
    [ -z "$image" ] || echo "$image" $(depends "$image" linux-binary-) $(depends "$image" linux-modules-) busybox-static
}
download() {
    # shellcheck disable=SC2046 # Names of packages.
    apt-get -q -o APT::Sandbox::User=root download $(packages) >&2
}
[ -n "$(packages 2>/dev/null)" ] || apt-get -q update >&2
download || {
    apt-get -q update >&2
    download
}
for package in *.deb; do
    dpkg-deb -x "$package" "$folder/system"
done
cd "$folder"
# Debian 13 has it below usr.
for bin in system/bin system/usr/bin; do
    [ ! -f $bin/busybox ] || cp $bin/busybox root/bin/busybox
done
modules='virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk failover net_failover virtio_net virtio_console'
for module in $modules; do
    find system -name "$module.ko*" -exec cp {} root/modules/ \;
done
for module in root/modules/*; do
    case $module in
        *.xz) xz -d "$module" ;;
        *.zst) zstd -q -d --rm "$module" ;;
    esac
done
cat >root/init <<END
#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /run
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /run
for module in $modules; do
    [ ! -f /modules/\$module.ko ] || insmod /modules/\$module.ko
done
for word in \$(cat /proc/cmdline); do
    case \$word in
        # So much memory that no snapshot could leave out, in MiB.
        fill=*)
            dd if=/dev/urandom of=/run/fill bs=1M count=\${word#fill=} 2>/dev/null
            echo filled >/dev/ttyS0
            ;;
    esac
done
exec 0<>/dev/ttyS0 1>&0 2>&0
stty -echo
while read -r line; do
    eval "\$line"
done
poweroff -f
END
chmod 755 root/init
(cd root && find . | ./bin/busybox cpio -o -H newc >../archive)
gzip -1 <archive >initrd
find system -name 'vmlinuz*' -type f -exec cp {} kernel \;
rm -rf packages system root archive
touch "done"
