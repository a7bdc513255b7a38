package dev.paddock.vm.rule;

import dev.paddock.api.change.Change;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which values libvirt gave to a VM and would give to it again if the VM were recreated from a declaration
 * without them. While the VM exists, these values stay in any case.
 */
public final class RegeneratedValues {
    private static final String EMULATOR = "/usr/bin/qemu-system-x86_64";
    private static final Set<String> BUSES = Set.of("pci", "drive", "virtio-serial");
    private static final Set<String> CONTROLLERS = Set.of("sata", "ide", "fdc", "virtio-serial", "pci");
    private static final Set<String> OF_CONTROLLERS = Set.of("address", "model", "target");

    private RegeneratedValues() {}

    /**
     * Return whether libvirt would choose this part again.
     *
     * @param lost a part of the VM that the declaration does not have
     */
    public static boolean is(Change lost) {
        if (lost.action() != Change.Action.ADD) {
            return false;
        }
        var value = lost.after().orElse("");
        return switch (lost.pattern()) {
            case "cpu/@check", "cpu/@migratable", "cpu/model/@fallback" -> true;
            case "os/boot" -> value.equals("<boot dev='hd'/>");
            case "devices/emulator" -> value.equals(EMULATOR);
            case "devices/audio" ->
                element(value).filter(RegeneratedValues::isSilent).isPresent();
            case "devices/memballoon" ->
                element(value).filter(RegeneratedValues::isPlainBalloon).isPresent();
            case "devices/input" ->
                element(value)
                        .flatMap(input -> input.attribute("bus"))
                        .filter("ps2"::equals)
                        .isPresent();
            case "devices/serial/target", "devices/channel/source" -> true;
            case "devices/video/model/@heads" -> value.equals("1");
            case "devices/video/model/@primary" -> value.equals("yes");
            case "devices/controller" ->
                element(value).filter(RegeneratedValues::isPlainController).isPresent();
            case "devices/controller/model", "devices/controller/target" -> true;
            default ->
                lost.pattern().matches("devices/[a-z]+/address")
                        && element(value)
                                .flatMap(address -> address.attribute("type"))
                                .filter(BUSES::contains)
                                .isPresent();
        };
    }

    private static boolean isSilent(Element audio) {
        return audio.attribute("type").filter("none"::equals).isPresent()
                && audio.children().isEmpty();
    }

    private static boolean isPlainBalloon(Element balloon) {
        return balloon.attribute("model").filter("virtio"::equals).isPresent()
                && balloon.attributes().size() == 1
                && balloon.children().stream().allMatch(child -> child.is("address"));
    }

    private static boolean isPlainController(Element controller) {
        return controller.attribute("type").filter(CONTROLLERS::contains).isPresent()
                && controller.children().stream()
                        .allMatch(child -> OF_CONTROLLERS.contains(child.name().local()));
    }

    private static Optional<Element> element(String xml) {
        try {
            return xml.startsWith("<") ? Optional.of(XmlReader.read(xml)) : Optional.empty();
        } catch (XmlException notXml) {
            return Optional.empty();
        }
    }
}
