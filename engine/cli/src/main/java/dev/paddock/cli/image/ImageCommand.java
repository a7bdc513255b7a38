package dev.paddock.cli.image;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.image.ImageRecipe;
import dev.paddock.cli.console.CommandException;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.OptionSpecs;
import dev.paddock.cli.console.Subcommand;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** {@code paddock image}: lists, gets and removes the images of a host. */
public final class ImageCommand implements Subcommand {
    static final String REVISION = "--revision";
    static final String SHA256 = "--sha256";
    static final String NAME = "--name";
    static final String FORMAT = "--format";
    static final String AUTO_APPROVE = "--auto-approve";

    private final Supplier<HostConnector> hosts;

    public ImageCommand(Supplier<HostConnector> hosts) {
        this.hosts = hosts;
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.usageMessage()
                .description("Images, which the disks of guests start from. Playbooks make those that they need.");
        spec.addSubcommand("list", OptionSpecs.described("List the images of the host, with who uses them."));
        spec.addSubcommand(
                "build",
                OptionSpecs.described("Build an image, and bring it to the host.")
                        .addPositional(OptionSpecs.parameter(
                                "RECIPE", 0, "1", "One of " + String.join(", ", ImageRecipe.words()) + "."))
                        .addOption(OptionSpecs.value(
                                "NUMBER",
                                "Another number rebuilds it, from today's packages; 1 by default.",
                                REVISION)));
        spec.addSubcommand(
                "pull",
                OptionSpecs.described("Download an image, and bring it to the host.")
                        .addPositional(OptionSpecs.parameter(
                                "URL", 0, "1", "The file, which may be compressed by gzip, xz or zstd."))
                        .addOption(OptionSpecs.value(
                                "SHA256", "The checksum of the file, as its publisher lists it.", SHA256))
                        .addOption(
                                OptionSpecs.value("NAME", "What to call it; by default as the file is called.", NAME))
                        .addOption(OptionSpecs.value("FORMAT", "qcow2 or raw; qcow2 by default.", FORMAT)));
        spec.addSubcommand(
                "prune",
                OptionSpecs.described("Remove the images that nothing uses, and what interrupted runs left of others.")
                        .addOption(OptionSpecs.flag("Do not ask before removing anything.", AUTO_APPROVE)));
        return spec;
    }

    @Override
    public int run(Invocation invocation) throws CommandException {
        var inner = invocation
                .inner()
                .orElseThrow(() -> CommandException.usage(
                        "\"paddock image\" needs to know what to do.", "Use one of: list, build, pull, prune."));
        var verb = inner.parsed().commandSpec().name();
        try {
            return switch (verb) {
                case "list" -> ImageList.run(inner, hosts.get(), uri(inner), Clock.systemUTC());
                case "build" -> ImageInstaller.build(inner, hosts.get());
                case "pull" -> ImageInstaller.pull(inner, hosts.get());
                case "prune" -> ImagePruner.run(inner, hosts.get(), uri(inner));
                default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(verb));
            };
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    static String uri(Invocation inner) throws CommandException {
        return inner.hostUri();
    }
}
