package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on one host find it in the inventory. */
class InventoryHostTest {
    @TempDir
    Path folder;

    private final List<String> opened = new ArrayList<>();
    private Shell shell = new Shell(new MemoryHost(), Path.of("."));
    private String one = "";
    private String two = "";

    @BeforeEach
    void files() {
        var host = new MemoryHost();
        shell = new Shell(
                new HostConnector() {
                    @Override
                    public HostReader reader(String uri) {
                        opened.add(uri);
                        return host.reader(uri);
                    }

                    @Override
                    public HostWriter writer(String uri) {
                        return host.writer(uri);
                    }
                },
                folder);
        one = shell.file("one.yaml", "hosts: {a: {uri: 'test:///${name}', vars: {name: first}}}");
        two = shell.file("two.yaml", "hosts: {a: 'test:///a', b: 'test:///b'}");
    }

    @Test
    void theOnlyHostNeedsNoName() {
        assertThat(shell.run("-i", one, "show").exitCode()).isZero();
        assertThat(shell.run("-i", one, "import", "networks").exitCode()).isZero();
        assertThat(opened).containsOnly("test:///first");
    }

    @Test
    void oneOfSeveralIsNamedOrGivenByItsUri() {
        assertThat(shell.run("-i", two, "-c", "b", "show").exitCode()).isZero();
        assertThat(shell.run("-i", two, "-c", "test:///c", "show").exitCode()).isZero();
        assertThat(opened).containsExactly("test:///b", "test:///c");
    }

    @Test
    void whatIsMissingOrUnknownIsAnErrorThatNamesTheHosts() {
        var missing = shell.run("-i", two, "show");
        assertThat(missing.exitCode()).isEqualTo(64);
        assertThat(missing.messages()).contains("two.yaml", "2: a, b", "--connect NAME");
        var unknown = shell.run("-i", two, "-c", "c", "vm", "list");
        assertThat(unknown.exitCode()).isEqualTo(64);
        assertThat(unknown.messages()).contains("no host \"c\"", "a, b");
        assertThat(shell.run("-i", folder.resolve("none.yaml").toString(), "show")
                        .exitCode())
                .isNotZero();
        assertThat(opened).isEmpty();
    }
}
