package dev.paddock.cli.image;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.image.ImageManifest;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.core.report.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes unused images. */
final class ImagePruner {
    private ImagePruner() {}

    static int run(Invocation invocation, HostConnector hosts, String uri) throws CommandException {
        var console = invocation.console();
        var json = invocation.globals().output() == Format.JSON;
        try (var reader = hosts.reader(uri)) {
            var unused = StoredImage.all(reader).stream()
                    .filter(image -> !image.isUsed())
                    .toList();
            if (!unused.isEmpty() && !isApproved(invocation, unused, json)) {
                console.tell("Not approved: nothing was removed.");
                return ExitCode.FAILURE;
            }
            List<StoredImage> removed = new ArrayList<>();
            if (!unused.isEmpty()) {
                try (var writer = hosts.writer(uri)) {
                    unused.stream()
                            .filter(image -> remove(image, reader, writer))
                            .forEach(removed::add);
                }
            }
            tell(invocation, removed, json);
            return ExitCode.OK;
        }
    }

    private static boolean isApproved(Invocation invocation, List<StoredImage> unused, boolean json)
            throws CommandException {
        if (invocation.has(ImageCommand.AUTO_APPROVE)) {
            return true;
        }
        var console = invocation.console();
        if (json || !console.canAsk()) {
            throw CommandException.usage(
                    "There is nobody to approve what is to be removed: "
                            + (json ? "the output is for programs." : "standard input is not a terminal."),
                    "Run it with " + ImageCommand.AUTO_APPROVE + "; `paddock image list` shows what nothing uses.");
        }
        unused.forEach(image -> console.tell("  - " + image.name() + "  " + StoredImage.size(image.bytes())));
        console.tell("Do you want to remove these images? Only 'yes' will be accepted to approve.");
        return console.ask("Enter a value: ").equals("yes");
    }

    /** Return whether the image was removed: it may have come into use meanwhile. */
    private static boolean remove(StoredImage image, HostReader reader, HostWriter writer) {
        var isUsed = image.volumes().keySet().stream()
                .anyMatch(file -> !reader.users(StoredImage.volume(file)).isEmpty());
        if (isUsed) {
            return false;
        }
        var mark = StoredImage.volume(ImageManifest.unfinished(image.name()));
        // Without its manifest, the image is incomplete. This mark finds what is left of it later.
        writer.perform(new Action.Define(mark, XmlWriter.write(empty(ImageManifest.unfinished(image.name())))));
        writer.perform(new Action.Undefine(StoredImage.volume(ImageManifest.volume(image.name()))));
        image.volumes().keySet().forEach(file -> writer.perform(new Action.Undefine(StoredImage.volume(file))));
        writer.perform(new Action.Undefine(mark));
        return true;
    }

    private static Element empty(String name) {
        return Element.of("volume")
                .plus(Element.of("name").withText(name))
                .plus(Element.of("capacity").withText("0"));
    }

    private static void tell(Invocation invocation, List<StoredImage> removed, boolean json) {
        var bytes = removed.stream().mapToLong(StoredImage::bytes).sum();
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("removed", removed.stream().map(StoredImage::name).toList());
            report.put("bytes", bytes);
            invocation.console().printJson(report);
        } else if (removed.isEmpty()) {
            invocation.console().print("Every image is in use: nothing was removed.");
        } else {
            removed.forEach(image -> invocation.console().print("Removed " + image.name() + "."));
            invocation.console().print("Freed " + StoredImage.size(bytes) + ".");
        }
    }
}
