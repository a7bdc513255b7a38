package dev.paddock.vm.compare;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlName;
import dev.paddock.vm.document.VmNormalizers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The form in which devices are compared. */
public final class NormalizedDevices {
    private static final int MIB = 1024 * 1024;
    private static final Set<String> FILTERED = Set.of("network", "bridge", "ethernet");

    private NormalizedDevices() {}

    public static Element of(Element devices) {
        List<Element> children = new ArrayList<>();
        var isIndexed = new ControllerIndexes(devices);
        Set<String> builtIn = new HashSet<>();
        for (var child : devices.children()) {
            device(child, isIndexed, builtIn).map(NormalizedDevices::common).ifPresent(children::add);
        }
        return devices.withChildren(inOrder(primaryFirst(consoles(children))));
    }

    private static Optional<Element> device(Element device, ControllerIndexes indexes, Set<String> builtIn) {
        return switch (device.name().local()) {
            case "disk" -> Optional.of(NormalizedDisk.of(device));
            case "interface" -> Optional.of(network(device));
            case "controller" -> Optional.of(indexes.on(controller(device)));
            case "channel" -> Optional.of(NormalizedCharacter.of(channel(device)));
            case "graphics" -> Optional.of(NormalizedGraphics.of(device));
            case "input" ->
                isBuiltIn(device) && builtIn.add(device.attribute("type").orElseThrow())
                        ? Optional.empty()
                        : Optional.of(device);
            case "video" -> Optional.of(video(device));
            case "memory" -> Optional.of(module(device));
            case "shmem" ->
                Optional.of(device.withChildren(device.children().stream()
                        .map(child -> child.is("size") ? NormalizedVm.amount(child, "B", MIB) : child)
                        .toList()));
            case "filesystem" -> Optional.of(filesystem(device));
            case "hostdev" -> Optional.of(hostdev(device));
            case "redirfilter" -> Optional.of(filter(device));
            case "redirdev", "smartcard" -> Optional.of(NormalizedCharacter.of(device));
            case "rng" ->
                Optional.of(device.withChildren(device.children().stream()
                        .map(child -> child.is("backend") ? NormalizedCharacter.of(child) : child)
                        .toList()));
            case "serial", "console" ->
                Optional.of(NormalizedCharacter.of(
                        device.attribute("type").isPresent() ? device : device.withAttribute("type", "pty")));
            case "parallel" -> Optional.of(NormalizedCharacter.of(device));
            default -> Optional.of(device);
        };
    }

    /** The order of controllers has no meaning, and several may share an index. */
    private static List<Element> inOrder(List<Element> devices) {
        List<Element> form = new ArrayList<>();
        devices.stream()
                .filter(device -> device.is("controller"))
                .sorted(Comparator.comparing(
                                (Element device) -> device.attribute("type").orElse(""))
                        .thenComparing(device ->
                                VmNormalizers.padded(device.attribute("index").orElse("")))
                        .thenComparing(device -> device.attribute("model").orElse("")))
                .forEach(form::add);
        devices.stream().filter(device -> !device.is("controller")).forEach(form::add);
        return form;
    }

    private static Element common(Element device) {
        return withoutAlias(plain(device));
    }

    /** A character device that only passes data on needs no protocol, and the bus of a virtio port is always 0. */
    private static Element plain(Element device) {
        return device.withChildren(device.children().stream()
                .filter(child -> !(child.is("protocol")
                        && child.attribute("type").map("raw"::equals).orElse(true)))
                .filter(child -> !(child.is("acpi") && child.attributes().isEmpty()))
                .filter(child -> !(child.is("driver") && child.equals(Element.of("driver"))))
                .map(child -> child.is("backend") ? plain(child) : child)
                .map(child -> child.is("address")
                                && child.attribute("type")
                                        .filter("virtio-serial"::equals)
                                        .isPresent()
                        ? child.withoutAttribute("bus")
                        : child)
                .toList());
    }

    /** libvirt moves the primary display to the front (virDomainDefPostParseVideo in src/conf/domain_postparse.c). */
    static List<Element> primaryFirst(List<Element> devices) {
        var primary = devices.stream()
                .filter(device -> device.is("video"))
                .filter(video -> video.child("model")
                        .flatMap(model -> model.attribute("primary"))
                        .filter("yes"::equals)
                        .isPresent())
                .findFirst();
        var first = devices.stream().filter(device -> device.is("video")).findFirst();
        if (primary.isEmpty() || primary.equals(first)) {
            return devices;
        }
        List<Element> form = new ArrayList<>(devices);
        form.remove(primary.get());
        form.add(form.indexOf(first.orElseThrow()), primary.get());
        return form;
    }

    /** libvirt keeps only aliases of users (virDomainDeviceInfoParseXML in src/conf/domain_conf.c). */
    private static Element withoutAlias(Element device) {
        return device.withChildren(device.children().stream()
                .filter(child -> !(child.is("alias")
                        && !child.attribute("name").orElse("").startsWith("ua-")))
                .filter(child -> !(child.is("address")
                        && child.attribute("type").filter("none"::equals).isPresent()))
                .toList());
    }

    /**
     * The first console and the first serial device are the same device, which libvirt writes twice. See
     * virDomainDefAddConsoleCompat in src/conf/domain_conf.c.
     */
    private static List<Element> consoles(List<Element> devices) {
        var consoles = devices.stream().filter(device -> device.is("console")).toList();
        if (consoles.isEmpty() || !isSerial(consoles.getFirst())) {
            return devices;
        }
        var hasSerial = devices.stream().anyMatch(device -> device.is("serial"));
        List<Element> form = new ArrayList<>();
        var isFirst = true;
        for (var device : devices) {
            if (!device.is("console") || !isFirst) {
                form.add(device);
                continue;
            }
            isFirst = false;
            if (!hasSerial) {
                form.add(device.withName(XmlName.of("serial"))
                        .withoutAttribute("tty")
                        .withoutChildren("target"));
            }
        }
        return form;
    }

    private static boolean isSerial(Element console) {
        return console.child("target")
                .flatMap(target -> target.attribute("type"))
                .map("serial"::equals)
                .orElse(true);
    }

    private static Element network(Element device) {
        var type = device.attribute("type").orElse("");
        var isVirtio = device.child("model")
                .flatMap(model -> model.attribute("type"))
                .filter(model -> model.toLowerCase(java.util.Locale.ROOT).startsWith("virtio"))
                .isPresent();
        List<Element> children = new ArrayList<>();
        for (var child : device.children()) {
            switch (child.name().local()) {
                case "source" ->
                    children.add(
                            type.equals("network")
                                    ? child.withoutAttribute("portid").withoutAttribute("bridge")
                                    : child.withoutAttribute("portid"));
                case "filterref" -> {
                    if (FILTERED.contains(type)) {
                        children.add(child);
                    }
                }
                case "driver" -> {
                    if (!type.equals("hostdev")
                            && (isVirtio
                                    || !Set.of("vhost", "qemu")
                                            .contains(child.attribute("name").orElse("vhost")))) {
                        driver(child).ifPresent(children::add);
                    }
                }
                case "target" -> {
                    if (!isOfKernel(child.attribute("dev").orElse(""))) {
                        children.add(child);
                    }
                }
                case "backend" -> {
                    if (isVirtio) {
                        children.add(child);
                    } else {
                        NormalizedVm.unlessEmpty(child.withoutAttribute("vhost"))
                                .ifPresent(children::add);
                    }
                }
                case "coalesce" -> coalesce(child).ifPresent(children::add);
                case "bandwidth" -> NormalizedVm.unlessEmpty(child).ifPresent(children::add);
                case "vlan" -> {
                    if (child.children("tag").size() > 1) {
                        children.add(child.withAttribute("trunk", "yes"));
                    } else if (!child.children("tag").isEmpty()) {
                        children.add(child);
                    }
                }
                case "virtualport" -> NormalizedVm.unlessEmpty(child).ifPresent(children::add);
                default -> children.add(child);
            }
        }
        return device.withChildren(children);
    }

    /** The default is one queue. */
    private static Optional<Element> driver(Element driver) {
        var form = driver.attribute("queues")
                        .filter(queues -> queues.matches("0*[01]"))
                        .isPresent()
                ? driver.withoutAttribute("queues")
                : driver;
        return NormalizedVm.unlessEmpty(form);
    }

    /** libvirt drops names of the form that it generates itself (virDomainNetDefParseXML in src/conf/domain_conf.c). */
    private static boolean isOfKernel(String device) {
        return device.isEmpty() || device.matches("(vnet|macvtap|macvlan)[0-9]*");
    }

    private static Optional<Element> coalesce(Element coalesce) {
        var max = coalesce.child("rx")
                .flatMap(rx -> rx.child("frames"))
                .flatMap(frames -> frames.attribute("max"))
                .filter(number -> !number.matches("0+"));
        return max.isPresent() ? Optional.of(coalesce) : Optional.empty();
    }

    private static Element controller(Element controller) {
        return controller.withChildren(controller.children().stream()
                .map(child -> child.is("pcihole64") ? NormalizedVm.amount(child, "KiB", 1024) : child)
                .flatMap(child -> child.is("driver")
                        ? NormalizedVm.unlessEmpty(child).stream()
                        : java.util.stream.Stream.of(child))
                .toList());
    }

    /** libvirt drops the path of a socket that it chooses itself (qemuDomainChrDefDropDefaultPath in src/qemu). */
    static Element channel(Element channel) {
        var isChosen = channel.attribute("type").filter("unix"::equals).isPresent()
                && channel.child("target")
                        .flatMap(target -> target.attribute("type"))
                        .filter("virtio"::equals)
                        .isPresent()
                && channel.child("source")
                        .flatMap(source -> source.attribute("path"))
                        .map(path ->
                                path.matches(".*/channel/target/.*|.*/domain-[^/]+/.*|.*/channel/[0-9]+-[^/]*/[^/]*"))
                        .orElse(true);
        return isChosen ? channel.withoutChildren("source") : channel;
    }

    /** A PC always has a PS/2 mouse and a PS/2 keyboard. */
    private static boolean isBuiltIn(Element input) {
        return Set.of("mouse", "keyboard").contains(input.attribute("type").orElse(""))
                && input.attribute("bus").map("ps2"::equals).orElse(true)
                && withoutAlias(input).children().isEmpty();
    }

    /**
     * The memory of a QXL display is rounded to a power of two (qemuDomainDeviceVideoDefPostParse in
     * src/qemu/qemu_domain.c).
     */
    private static Element rounded(Element model) {
        var form = model;
        for (var name : List.of("ram", "vram", "vgamem")) {
            var amount = model.attribute(name).filter(text -> text.matches("[0-9]{1,9}"));
            if (amount.isPresent()
                    && model.attribute("type").filter("qxl"::equals).isPresent()) {
                var number = Long.parseLong(amount.get());
                var power = number <= 1 ? number : Long.highestOneBit(number - 1) * 2;
                form = form.withAttribute(name, Long.toString(power));
            }
        }
        return form;
    }

    private static Element video(Element video) {
        return video.withChildren(video.children().stream()
                .map(child -> child.is("model") ? rounded(child) : child)
                .map(child -> child.is("model")
                                && child.attribute("primary")
                                        .filter("no"::equals)
                                        .isPresent()
                        ? child.withoutAttribute("primary")
                        : child)
                .toList());
    }

    private static Element module(Element module) {
        return module.withChildren(module.children().stream()
                .map(child -> child.withChildren(child.children().stream()
                        .map(NormalizedDevices::amounts)
                        .toList()))
                .toList());
    }

    private static Element amounts(Element part) {
        return switch (part.name().local()) {
            case "size", "block", "requested", "current", "pagesize", "alignsize" ->
                NormalizedVm.amount(part, "KiB", 1024);
            case "label" ->
                part.withChildren(
                        part.children().stream().map(NormalizedDevices::amounts).toList());
            default -> part;
        };
    }

    private static Element filesystem(Element filesystem) {
        return filesystem.withChildren(filesystem.children().stream()
                .map(child -> switch (child.name().local()) {
                    case "space_hard_limit", "space_soft_limit" -> NormalizedVm.amount(child, "B", 1);
                    case "source" ->
                        child.attribute("usage").isPresent() ? NormalizedVm.amount(child, "usage", "B", 1024) : child;
                    default -> child;
                })
                .toList());
    }

    private static Element hostdev(Element hostdev) {
        return hostdev.withChildren(
                hostdev.children().stream().map(NormalizedDisk::target).toList());
    }

    /** A value of -1 means any. */
    private static Element filter(Element filter) {
        return filter.withChildren(filter.children().stream()
                .map(device -> {
                    var form = device;
                    for (var name : List.of("class", "vendor", "product", "version")) {
                        if (device.attribute(name).filter("-1"::equals).isPresent()) {
                            form = form.withoutAttribute(name);
                        }
                    }
                    return form;
                })
                .toList());
    }
}
