package dev.paddock.vm.playbook;

import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.schema.Schema.Shorthand;
import dev.paddock.api.schema.Types;
import dev.paddock.vm.document.VmNormalizers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scalars of VMs. */
public final class VmTypes {
    static final ScalarType WORD = Types.pattern("a word", "[a-zA-Z0-9_.:\\-+]+", "virtio");

    static final ScalarType KEY = Types.pattern("a key", "[a-zA-Z0-9_\\-]+", "lan");

    static final ScalarType PARAMETER = Types.pattern("a variable's name", "[a-zA-Z0-9_]+", "IP");

    static final ScalarType PATH = Types.pattern("an absolute path", "/[^\\n]*", "/var/lib/libvirt/images/web.qcow2");

    static final ScalarType TARGET = Types.pattern("a disk's name", "(vd|sd|hd|fd)[a-z]{1,2}", "vda");

    static final ScalarType LINK = Types.oneOf("the state of a link", "up", "down");

    static final ScalarType MEDIA = Types.oneOf("a kind of medium", "disk", "cdrom", "floppy");

    static final ScalarType GRAPHICS = Types.oneOf("a kind of display", "vnc", "spice");

    static final ScalarType FIRMWARE = Types.oneOf("a firmware", "bios", "efi");

    static final ScalarType TYPE = Types.oneOf("a hypervisor", "auto", "kvm", "qemu");

    static final ScalarType IPV4 =
            Types.pattern("an IPv4 address", "((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}", "192.168.50.10");

    static final ScalarType BUILD = Types.oneOf("a build", ImageRecipe.words().toArray(String[]::new));

    static final ScalarType URL = Types.pattern("a URL", "https?://[^\\s]+", "https://cloud.debian.org/image.qcow2");

    static final ScalarType SHA256 = Types.pattern("a checksum", "[0-9a-f]{64}", "0123456789abcdef".repeat(4));

    static final ScalarType IMAGE_FORMAT = Types.oneOf("a format of images", "qcow2", "raw");

    static final ScalarType HOST = Types.pattern("a host name", "[a-zA-Z0-9]([a-zA-Z0-9\\-]{0,62})", "web");

    /** An amount of memory with its unit; in kibibytes for templates, as in libvirt. */
    static final ScalarType AMOUNT = amount("an amount of memory", "512 MiB", 1024);

    /** The size of a disk with its unit; in bytes for templates. */
    public static final ScalarType SIZE = amount("a size", "10 GiB", 1);

    private VmTypes() {}

    private static ScalarType amount(String name, String example, long in) {
        return new ScalarType(name, Map.of("type", "string", "examples", List.of(example)), text -> {
            var parts = text.strip().split("(?<=[0-9])\\s*(?=[a-zA-Z])", 2);
            return (parts.length == 2 ? VmNormalizers.scaled(parts[0], parts[1], "", in) : Optional.<String>empty())
                    .<Reading>map(Reading.Good::new)
                    .orElseGet(() ->
                            new Reading.Bad("'" + text + "' is not a number with a unit, such as " + example + "."));
        });
    }

    /** Return a short form that stands for the value of one field. */
    public static Shorthand only(String field, String example) {
        return new Shorthand(example, "[^\\n]+", text -> Optional.of(Map.of(field, text.strip())));
    }
}
