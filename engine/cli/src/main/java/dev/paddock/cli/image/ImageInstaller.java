package dev.paddock.cli.image;

import dev.paddock.api.diagnostic.Suggestion;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.image.ImageRecipe;
import dev.paddock.api.image.ImageSource;
import dev.paddock.api.image.ImageSpec;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Installation;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.resource.ImagePackages;
import dev.paddock.cli.resource.ProgressBar;
import dev.paddock.core.report.PlanReport;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds an image and uploads it to a host, as apply does. */
final class ImageInstaller {
    private static final int MOST_REVISIONS = 1_000_000;

    private ImageInstaller() {}

    static int build(Invocation invocation, HostConnector hosts) throws CommandException {
        var word = invocation.parameters().getFirst();
        if (ImageRecipe.of(word).isEmpty()) {
            throw CommandException.usage(
                    "There is no build '" + word + "'.",
                    Suggestion.nearest(word, ImageRecipe.words())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("There are: " + String.join(", ", ImageRecipe.words()) + "."));
        }
        var text = invocation.value(ImageCommand.REVISION).orElse("1");
        if (!text.matches("[1-9][0-9]{0,6}") || Integer.parseInt(text) > MOST_REVISIONS) {
            throw CommandException.usage(
                    "'" + text + "' is no revision.", "Give a whole number from 1 to " + MOST_REVISIONS + ".");
        }
        return get(
                invocation, hosts, new ImageSpec(word, new ImageSource.Build(word, Integer.parseInt(text)), "qcow2"));
    }

    static int pull(Invocation invocation, HostConnector hosts) throws CommandException {
        var url = url(invocation.parameters().getFirst());
        var sha256 = invocation
                .value(ImageCommand.SHA256)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> CommandException.usage(
                        "A download without a checksum could be anything.",
                        "Give --sha256, as the publisher of the image lists it."));
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw CommandException.usage("'" + sha256 + "' is no SHA-256.", "Give its 64 hexadecimal digits.");
        }
        var format = invocation.value(ImageCommand.FORMAT).orElse("qcow2");
        if (!ImageSpec.FORMATS.contains(format)) {
            throw CommandException.usage(
                    "'" + format + "' is no format of an image.",
                    "Use one of: " + String.join(", ", ImageSpec.FORMATS) + ".");
        }
        var name = invocation.value(ImageCommand.NAME).or(() -> called(url)).orElse("image");
        if (!name.matches(ImageSpec.NAME)) {
            throw CommandException.usage(
                    "'" + name + "' cannot be the name of an image.", "Use letters, digits, dots and dashes.");
        }
        return get(invocation, hosts, new ImageSpec(name, new ImageSource.Download(url, sha256), format));
    }

    private static URI url(String text) throws CommandException {
        try {
            var url = new URI(text);
            if (url.getHost() != null && text.matches("https?://.*")) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported below.
        }
        throw CommandException.usage("'" + text + "' is no URL.", "Give one of https, or of http.");
    }

    /**
     * Return the name of the file without the extensions of compression and format; absent if it cannot name an image.
     */
    private static Optional<String> called(URI url) {
        var path = Optional.ofNullable(url.getPath()).orElse("");
        var name = path.substring(path.lastIndexOf('/') + 1)
                .replaceFirst("\\.(gz|xz|zst)$", "")
                .replaceFirst("\\.(qcow2|img|raw)$", "");
        return name.matches(ImageSpec.NAME) ? Optional.of(name) : Optional.empty();
    }

    private static int get(Invocation invocation, HostConnector hosts, ImageSpec image) throws CommandException {
        var console = invocation.console();
        var uri = ImageCommand.uri(invocation);
        for (var purpose : ImagePackages.purposes(image)) {
            Installation.require(purpose, invocation.globals().yes(), console);
        }
        var json = invocation.globals().output() == Format.JSON;
        var bar = new ProgressBar(console, json);
        try (var writer = hosts.writer(uri)) {
            writer.perform(
                    new Action.Provide(new ResourceId("image", image.objectName()), image),
                    (what, done, of) -> bar.show(image.objectName(), what, done, of));
        } finally {
            bar.clear();
        }
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("format_version", PlanReport.FORMAT);
            report.put("image", image.objectName());
            report.put("uri", uri);
            console.printJson(report);
        } else {
            console.print("The host has the image " + image.objectName() + ".");
        }
        return ExitCode.OK;
    }
}
