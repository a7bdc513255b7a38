package dev.paddock.vm;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scalars of guests. */
final class VmTypes {
    static final ScalarType WORD = Types.pattern("a word", "[a-zA-Z0-9_.:\\-+]+", "virtio");

    static final ScalarType KEY = Types.pattern("a key", "[a-zA-Z0-9_\\-]+", "lan");

    static final ScalarType PARAMETER = Types.pattern("a variable's name", "[a-zA-Z0-9_]+", "IP");

    static final ScalarType PATH = Types.pattern("an absolute path", "/[^\\n]*", "/var/lib/libvirt/images/web.qcow2");

    static final ScalarType TARGET = Types.pattern("a disk's name", "(vd|sd|hd|fd)[a-z]{1,2}", "vda");

    static final ScalarType LINK = Types.oneOf("the state of a link", "up", "down");

    static final ScalarType MEDIA = Types.oneOf("a kind of medium", "disk", "cdrom", "floppy");

    static final ScalarType GRAPHICS = Types.oneOf("a kind of display", "vnc", "spice");

    static final ScalarType FIRMWARE = Types.oneOf("a firmware", "bios", "efi");

    static final ScalarType TYPE = Types.oneOf("a hypervisor", "kvm", "qemu");

    /** An amount of memory with its unit, in kibibytes for templates, as libvirt counts it. */
    static final ScalarType AMOUNT =
            new ScalarType("an amount of memory", Map.of("type", "string", "examples", List.of("512 MiB")), text -> {
                var parts = text.strip().split("(?<=[0-9])\\s*(?=[a-zA-Z])", 2);
                return (parts.length == 2 ? VmCanons.scaled(parts[0], parts[1], "", 1024) : Optional.<String>empty())
                        .<Reading>map(Reading.Good::new)
                        .orElseGet(() -> new Reading.Bad(
                                "'" + text + "' is not a number with a unit, such as 512 MiB or 4GiB."));
            });

    private VmTypes() {}

    /** Return a short form that is the value of one field. */
    static Shorthand only(String field, String example) {
        return new Shorthand(example, "[^\\n]+", text -> Optional.of(Map.of(field, text.strip())));
    }
}
