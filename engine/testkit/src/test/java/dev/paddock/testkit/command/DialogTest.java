package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.paddock.testkit.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is asked before anything is changed, and what needs no host at all. */
@Timeout(60)
class DialogTest {
    private static final Path HOME = Path.of(System.getProperty("paddock.home", "../.."));
    private final MemoryHost host = new MemoryHost();

    @TempDir
    Path folder;

    private Shell shell;
    private String file = "";

    @BeforeEach
    void playbook() {
        shell = new Shell(host, folder);
        file = shell.file("a.yaml", "- networks: [{name: a, address: 10.1.0.1/24}]\n");
    }

    @Test
    void yesApplies() {
        var apply = shell.answering("yes", "apply", file);
        assertThat(apply.exitCode()).as(apply.all()).isZero();
        assertThat(apply.messages()).contains("Only 'yes' will be accepted to approve.");
        assertThat(host.objects("network")).containsKey("a");
        assertThat(shell.answering("", "apply", file).messages()).doesNotContain("Enter a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "y", "", "YES", "yes please"})
    void anythingElseChangesNothing(String answer) {
        var apply = shell.answering(answer, "apply", file);
        assertThat(apply.exitCode()).isEqualTo(1);
        assertThat(apply.messages())
                .endsWith("Not approved: nothing was changed.\n")
                .doesNotContain("Error");
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        var apply = shell.run("apply", file);
        assertThat(apply.exitCode()).isEqualTo(64);
        assertThat(apply.messages()).contains("--auto-approve", "--out");
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void checkingShowsThePlanAsAnsibleDoes() {
        var check = shell.run("apply", "--check", "--diff", file);
        assertThat(check.exitCode()).isZero();
        assertThat(check.output()).isEqualTo(shell.run("plan", file).output()).contains("+ network/a");
        assertThat(host.performed()).isEmpty();
    }

    @Test
    void validatingAsksNoHost() {
        var blind = shell.at(new Blind());
        var valid = blind.run("validate", file);
        assertThat(valid.exitCode()).as(valid.all()).isZero();
        assertThat(valid.output()).contains("Success!");
        var invalid = blind.run("validate", shell.file("b.yaml", "- networks: [{name: a, adress: 10.1.0.1/24}]\n"));
        assertThat(invalid.exitCode()).isEqualTo(1);
        assertThat(invalid.messages()).contains("b.yaml:1:24", "did you mean 'address'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"playbooks", "networks"})
    void theSchemaAcceptsWhatIsShipped(String name) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(shell.at(new Blind()).run("schema").output());
        Map<String, Object> errors = new LinkedHashMap<>();
        var count = 0;
        try (var files = Files.list(HOME.resolve(name))) {
            for (var shipped : files.toList()) {
                var plays = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(shipped));
                var found = schema.validate(new ObjectMapper().valueToTree(plays));
                if (!found.isEmpty()) {
                    errors.put(shipped.toString(), found);
                }
                count++;
            }
        }
        assertThat(errors).isEmpty();
        assertThat(count).isPositive();
    }

    private static final class Blind implements dev.paddock.api.host.HostConnector {
        @Override
        public dev.paddock.api.host.HostReader reader(String uri) {
            throw new AssertionError("No host was to be asked.");
        }

        @Override
        public dev.paddock.api.host.HostWriter writer(String uri) {
            throw new AssertionError("No host was to be asked.");
        }
    }
}
