package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.Kind;
import dev.paddock.api.xml.Element;
import dev.paddock.testkit.memory.MemoryHost;
import dev.paddock.testkit.sample.SecretKind;
import dev.paddock.testkit.sample.SecretReader;
import dev.paddock.testkit.sample.SecretWriter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kind is its class, its template, and one class each that reads and writes its objects: with no change elsewhere,
 * every command supports it.
 */
@Timeout(60)
class SampleKindTest {
    private static final String SECRETS = """
            - project: ceph
              secrets:
                - {name: client.agents, description: Ceph of the agents, private: true}
                - {name: client.other}
            """;

    private final Map<String, Element> secrets = new TreeMap<>();
    private final MemoryHost host = new MemoryHost();
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path folder;

    private Shell shell;

    /** Register the kind as its module would, for this test alone. */
    @BeforeEach
    void register() throws IOException {
        var services = Files.createDirectories(folder.resolve("module/META-INF/services"));
        Files.writeString(services.resolve(Kind.class.getName()), SecretKind.class.getName());
        var module = new URL[] {folder.resolve("module").toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(module, loader));
        host.support("secret", new SecretReader(secrets), new SecretWriter(secrets));
        shell = new Shell(host, folder);
    }

    @AfterEach
    void unregister() throws IOException {
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(loader);
        assertThat(host.violations()).isEmpty();
    }

    @Test
    void resourcesAreCreated_andPlanEmpty() {
        shell.applied(shell.file("a.yaml", SECRETS));

        assertThat(secrets).containsOnlyKeys("client.agents", "client.other");
        assertThat(secrets.get("client.agents").attribute("private")).contains("yes");
    }

    @Test
    void driftIsShownByPath_andReverted() {
        var file = shell.file("a.yaml", SECRETS);
        shell.applied(file);
        var declared = secrets.get("client.agents");
        secrets.put(
                "client.agents", declared.withChild(Element.of("description").withText("Somebody else's")));

        var plan = shell.run("plan", file);

        assertThat(plan.output())
                .contains("~ secret/client.agents")
                .contains("description")
                .contains("Somebody else's")
                .endsWith("Plan: 0 to add, 1 to change (1 live), 0 to replace, 0 to destroy.\n");
        shell.applied(file);
        assertThat(secrets).containsEntry("client.agents", declared);
    }

    @Test
    void aChangeCostsWhatTheRulesSay() {
        shell.applied(shell.file("a.yaml", SECRETS));

        var plan = shell.run("plan", shell.file("b.yaml", SECRETS.replace("private: true", "private: false")));

        assertThat(plan.all())
                .contains("secret/client.agents must be replaced")
                .contains("libvirt never makes it readable.");
    }

    @Test
    void errorsInItsFieldsHaveAPlaceAndASuggestion() {
        var plan = shell.run("plan", shell.file("a.yaml", SECRETS.replace("private: true", "privat: true")));

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("a.yaml:3:").contains("privat").contains("private");
    }

    @Test
    void anotherProjectsResourcesAreProtected() {
        shell.applied(shell.file("a.yaml", SECRETS));

        var plan = shell.run("plan", shell.file("b.yaml", SECRETS.replace("project: ceph", "project: other")));

        assertThat(plan.exitCode()).isEqualTo(1);
        assertThat(plan.messages()).contains("PD2001");
    }

    @Test
    void itsObjectsAreImported_prunedAndDestroyed() {
        var file = shell.file("a.yaml", SECRETS);
        shell.applied(file);

        var imported = shell.run("import", "secret/client.agents");
        assertThat(imported.exitCode()).as(imported.all()).isZero();
        assertThat(imported.output())
                .contains("secrets:")
                .contains("Ceph of the agents")
                .doesNotContain("xml:");
        assertThat(shell.run("schema").output()).contains("\"secrets\"");
        assertThat(shell.run("validate", file).exitCode()).isZero();

        var fewer = shell.file("b.yaml", SECRETS.replace("    - {name: client.other}\n", ""));
        shell.applied(fewer, "--prune");
        assertThat(secrets).containsOnlyKeys("client.agents");
        assertThat(shell.run("destroy", file, "--auto-approve").exitCode()).isZero();
        assertThat(secrets).isEmpty();
    }
}
