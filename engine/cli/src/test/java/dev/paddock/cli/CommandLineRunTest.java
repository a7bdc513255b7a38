package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostException.Failure;
import dev.paddock.cli.console.Console;
import dev.paddock.cli.console.ExitCode;
import dev.paddock.cli.console.Format;
import dev.paddock.cli.console.Invocation;
import dev.paddock.cli.console.Subcommand;
import dev.paddock.cli.console.Version;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class CommandLineRunTest {
    @TempDir
    Path bugs;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private Optional<Invocation> seen = Optional.empty();

    @Test
    void optionsOfAllCommandsStandBeforeTheCommand() {
        assertThat(run("-o", "json", "--yes", "echo", "file.yaml")).isEqualTo(ExitCode.OK);
        assertThat(seen().globals().output()).isEqualTo(Format.JSON);
        assertThat(seen().globals().yes()).isTrue();
        assertThat(seen().parameters()).containsExactly("file.yaml");
    }

    @Test
    void optionsOfAllCommandsStandAfterTheCommand() {
        assertThat(run("echo", "file.yaml", "--output=json", "--yes", "-c", "qemu:///session"))
                .isEqualTo(ExitCode.OK);
        assertThat(seen().globals().output()).isEqualTo(Format.JSON);
        assertThat(seen().globals().connect()).contains("qemu:///session");
        assertThat(seen().parameters()).containsExactly("file.yaml");
    }

    @Test
    void theLastOfAnOptionBeforeAndAfterCounts() {
        assertThat(run("-o", "json", "echo", "-o", "text")).isEqualTo(ExitCode.OK);
        assertThat(seen().globals().output()).isEqualTo(Format.TEXT);
    }

    @Test
    void aBareLabTakesNoParameterForItsName() {
        assertThat(run("echo", "--lab", "file.yaml")).isEqualTo(ExitCode.OK);
        assertThat(seen().globals().lab().orElseThrow().text()).isEqualTo("default");
        assertThat(seen().parameters()).containsExactly("file.yaml");
    }

    @Test
    void aLabMayBeNamed() {
        assertThat(run("--lab=mine", "echo")).isEqualTo(ExitCode.OK);
        assertThat(seen().globals().lab().orElseThrow().text()).isEqualTo("mine");
    }

    @Test
    void aLabAndAnotherConnectionExcludeEachOther() {
        assertThat(run("--lab", "-c", "qemu:///system", "echo")).isEqualTo(ExitCode.USAGE);
        assertThat(told()).contains("--lab and --connect");
    }

    @Test
    void ownOptionsAndTheirValuesAreFound() {
        assertThat(run("echo", "--tag", "a", "--tag", "b", "--flag")).isEqualTo(ExitCode.OK);
        assertThat(seen().values("--tag")).containsExactly("a", "b");
        assertThat(seen().has("--flag")).isTrue();
    }

    @Test
    void anUnknownCommandIsToldWithTheNearest() {
        assertThat(run("ecko")).isEqualTo(ExitCode.USAGE);
        assertThat(told()).contains("\"paddock\" has no command \"ecko\"", "Did you mean \"echo\"?");
    }

    @Test
    void anUnknownOptionIsToldWithTheNearest() {
        assertThat(run("echo", "--fleg")).isEqualTo(ExitCode.USAGE);
        assertThat(told()).contains("\"paddock echo\" has no option \"--fleg\"", "Did you mean \"--flag\"?");
    }

    @Test
    void anOptionWithoutItsValueIsAMistakeOfTheCommandLine() {
        assertThat(run("echo", "--tag")).isEqualTo(ExitCode.USAGE);
        assertThat(told()).contains("PD1303");
    }

    @Test
    void noCommandAtAllShowsTheHelpAsAMessage() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(printed()).isEmpty();
        assertThat(told()).contains("Usage: paddock", "echo");
    }

    @Test
    void askedForHelpIsOutput() {
        assertThat(run("echo", "--help")).isEqualTo(ExitCode.OK);
        assertThat(printed()).contains("Usage: paddock echo", "--lab");
    }

    @Test
    void helpNamesAllCommandsAndNoHiddenOnes() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
        assertThat(printed()).contains("echo", "fail").doesNotContain("secret");
    }

    @Test
    void theVersionIsPrintedWhereverItIsAskedFor() {
        assertThat(run("echo", "--version")).isEqualTo(ExitCode.OK);
        assertThat(printed()).isEqualTo(Version.LINE + "\n");
    }

    @Test
    void aHostThatDoesNotAnswerHasAnExitCodeOfItsOwn() {
        assertThat(run("fail", "host")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(told()).contains("PD3001", "no route");
    }

    @Test
    void aBugIsToldInOneLineWithoutAStackTrace() {
        assertThat(run("fail", "bug")).isEqualTo(ExitCode.BUG);
        assertThat(told()).startsWith("This is a bug in paddock").doesNotContain("\tat ", "hunter2");
        assertThat(told().lines()).hasSize(1);
        assertThat(told()).contains(bugs.toString());
        assertThat(bugs).isNotEmptyDirectory();
    }

    @Test
    void nothingIsColoredOutsideOfATerminal() {
        run("nonsense");

        assertThat(told()).doesNotContain("\u001b");
    }

    @Test
    void whatFollowsTwoDashesIsAnotherProgramsCommandLine() {
        assertThat(run("shell", "x", "--", "ls", "--help", "--lab")).isEqualTo(ExitCode.OK);
        assertThat(seen().command()).containsExactly("ls", "--help", "--lab");
        assertThat(seen().parameters()).containsExactly("x");
    }

    private int run(String... arguments) {
        var console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                Set.of(),
                true);
        var entries = List.of(
                Commands.Entry.of("echo", () -> new Recording(false)),
                Commands.Entry.of("shell", () -> new Recording(true)),
                Commands.Entry.of("fail", Failing::new),
                new Commands.Entry("secret", true, () -> new Recording(false)));
        return new CommandLineRun(console, entries, bugs).run(List.of(arguments));
    }

    private Invocation seen() {
        return seen.orElseThrow();
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String told() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    private static CommandSpec specWithParameters() {
        return CommandSpec.create()
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .build());
    }

    private final class Recording implements Subcommand {
        private final boolean takesCommand;

        Recording(boolean takesCommand) {
            this.takesCommand = takesCommand;
        }

        @Override
        public CommandSpec spec() {
            return specWithParameters()
                    .addOption(OptionSpec.builder("--flag")
                            .type(boolean.class)
                            .arity("0")
                            .build())
                    .addOption(OptionSpec.builder("--tag")
                            .type(List.class)
                            .auxiliaryTypes(String.class)
                            .build());
        }

        @Override
        public boolean takesCommand() {
            return takesCommand;
        }

        @Override
        public int run(Invocation invocation) {
            seen = Optional.of(invocation);
            return ExitCode.OK;
        }
    }

    private static final class Failing implements Subcommand {
        @Override
        public CommandSpec spec() {
            return specWithParameters();
        }

        @Override
        public int run(Invocation invocation) {
            if (invocation.parameters().contains("host")) {
                throw new HostException(Failure.UNREACHABLE, 38, 7, "no route");
            }
            throw new IllegalStateException("password hunter2");
        }
    }
}
