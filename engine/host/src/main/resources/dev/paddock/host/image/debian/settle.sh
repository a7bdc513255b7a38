#!/bin/sh
# Prepares a fresh system as the first disk of many VMs. Runs inside it, by chroot.
set -eu
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

# What identifies a machine is generated at its first boot.
: >/etc/machine-id
rm -f /etc/ssh/ssh_host_* /var/lib/dbus/machine-id /var/lib/systemd/random-seed
echo localhost >/etc/hostname
printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' >/etc/hosts
printf 'LABEL=root / ext4 errors=remount-ro 0 1\n' >/etc/fstab

# Host keys are generated even if cloud-init gets no data.
mkdir -p /etc/systemd/system/ssh.service.d
cat >/etc/systemd/system/ssh.service.d/keys.conf <<'END'
[Service]
ExecStartPre=
ExecStartPre=/usr/bin/ssh-keygen -A
ExecStartPre=/usr/sbin/sshd -t
END
cat >/etc/cloud/cloud.cfg.d/90-paddock.cfg <<'END'
datasource_list: [NoCloud, None]
END
cat >/etc/systemd/network/80-dhcp.network <<'END'
[Match]
Name=en* eth*
[Network]
DHCP=yes
END
cat >/etc/systemd/system/paddock-agent.service <<'END'
[Unit]
Description=Guest agent of Paddock
[Service]
ExecStart=/usr/bin/paddock-agent
Restart=always
[Install]
WantedBy=multi-user.target
END
# A claim gives a VM of a pool to a new user, with new host keys.
mkdir -p /usr/lib/paddock
cat >/usr/lib/paddock/claim <<'END'
#!/bin/sh
exec 9</etc/ssh && flock 9
rm -f /etc/ssh/ssh_host_*
ssh-keygen -q -A
systemctl --quiet try-restart ssh
END
# It gives a VM that continues from the memory of another its own hardware addresses. The network's manager still has
# the identifiers of the other.
cat >/usr/lib/paddock/network <<'END'
#!/bin/sh
systemctl --quiet restart systemd-networkd
END
chmod 0755 /usr/lib/paddock/claim /usr/lib/paddock/network
# Loaded before a claim, so that the claim need not wait for it.
echo 9p >/etc/modules-load.d/paddock.conf
systemctl --quiet enable systemd-networkd systemd-resolved paddock-agent ssh

# The console is the serial line, and the boot menu does not wait.
cat >>/etc/default/grub <<'END'
GRUB_TIMEOUT=0
GRUB_CMDLINE_LINUX="console=tty0 console=ttyS0"
END
mkdir -p /boot/grub
cat >/boot/grub/grub.cfg <<'END'
# Until the first update-grub.
search --no-floppy --label root --set=root
linux /vmlinuz root=LABEL=root ro quiet console=tty0 console=ttyS0
initrd /initrd.img
boot
END
cp -r /usr/lib/grub/i386-pc /boot/grub/
grub-mkimage --format=i386-pc --prefix='(hd0,msdos1)/boot/grub' --output=/boot/grub/i386-pc/core.img \
    biosdisk part_msdos ext2
