package dev.paddock.bench;

import java.nio.file.Path;

/**
 * A guest that boots Debian's kernel, fills two fifths of its memory with what cannot be told from noise, and says so on
 * its serial port, which is a file.
 *
 * @param guest the folder of its kernel and initrd
 * @param work the folder of its disk and log
 */
record SnappedGuest(int mebibytes, Path guest, Path work) {
    String name() {
        return "bench-snapped-" + mebibytes;
    }

    Path disk() {
        return work.resolve(name() + ".qcow2");
    }

    Path log() {
        return work.resolve(name() + ".log");
    }

    String document() {
        return """
                <domain type='qemu'>
                  <name>%s</name>
                  <memory unit='MiB'>%d</memory>
                  <os>
                    <type arch='x86_64' machine='q35'>hvm</type>
                    <kernel>%s/kernel</kernel>
                    <initrd>%s/initrd</initrd>
                    <cmdline>console=ttyS0 quiet panic=-1 fill=%d</cmdline>
                  </os>
                  <features><acpi/></features>
                  <devices>
                    <disk type='file'><driver name='qemu' type='qcow2'/><source file='%s'/><target dev='vda'/></disk>
                    <controller type='usb' model='none'/>
                    <serial type='file'><source path='%s'/></serial>
                  </devices>
                </domain>
                """.formatted(name(), mebibytes, guest, guest, mebibytes * 2 / 5, disk(), log());
    }
}
