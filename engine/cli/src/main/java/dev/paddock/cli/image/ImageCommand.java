package dev.paddock.cli.image;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.image.Recipe;
import dev.paddock.cli.CommandException;
import dev.paddock.cli.Invocation;
import dev.paddock.cli.Subcommand;
import dev.paddock.cli.resource.ShowCommand;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code paddock image}: what a host has of images, and getting and removing them by hand. */
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
        spec.addSubcommand("list", described("List the images of the host, with who uses them."));
        spec.addSubcommand(
                "build",
                described("Build an image, and bring it to the host.")
                        .addPositional(one("RECIPE", "One of " + String.join(", ", Recipe.words()) + "."))
                        .addOption(value(
                                "NUMBER", "Another builds anew, from today's packages; 1 by default.", REVISION)));
        spec.addSubcommand(
                "pull",
                described("Download an image, and bring it to the host.")
                        .addPositional(one("URL", "The file, which may be compressed by gzip, xz or zstd."))
                        .addOption(value("SHA256", "The checksum of the file, as its publisher lists it.", SHA256))
                        .addOption(value("NAME", "What to call it; by default as the file is called.", NAME))
                        .addOption(value("FORMAT", "qcow2 or raw; qcow2 by default.", FORMAT)));
        spec.addSubcommand(
                "prune",
                described("Remove the images that nothing uses, and what interrupted runs left of others.")
                        .addOption(OptionSpec.builder(AUTO_APPROVE)
                                .type(boolean.class)
                                .arity("0")
                                .description("Do not ask before removing anything.")
                                .build()));
        return spec;
    }

    private static CommandSpec described(String text) {
        var spec = CommandSpec.create();
        spec.usageMessage().description(text);
        return spec;
    }

    private static PositionalParamSpec one(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(String.class)
                .index("0")
                .arity("1")
                .description(description)
                .build();
    }

    private static OptionSpec value(String label, String description, String name) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
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
                case "build" -> ImageGetting.build(inner, hosts.get());
                case "pull" -> ImageGetting.pull(inner, hosts.get());
                case "prune" -> ImagePruning.run(inner, hosts.get(), uri(inner));
                default -> throw new IllegalStateException("[%s] is unknown. This is a bug.".formatted(verb));
            };
        } catch (HostException failure) {
            throw CommandException.of(failure);
        }
    }

    static String uri(Invocation inner) throws CommandException {
        return inner.uri().orElse(ShowCommand.DEFAULT_URI);
    }
}
