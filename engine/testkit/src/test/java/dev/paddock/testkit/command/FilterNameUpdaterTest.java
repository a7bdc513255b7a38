package dev.paddock.testkit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NameResolver;
import dev.paddock.api.host.NameResolver.Answer;
import dev.paddock.api.host.Observed;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.step.Action;
import dev.paddock.api.xml.XmlWriter;
import dev.paddock.server.FilterNameUpdater;
import dev.paddock.session.Kinds;
import dev.paddock.testkit.memory.MemoryHost;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Filters that follow the names that they allow, on a host in memory. */
@Timeout(60)
class FilterNameUpdaterTest {
    private static final String FILTER = """
            - project: forge
              nwfilters:
                - name: git
                  rules:
                    - filterref: clean-traffic
                    - {action: accept, direction: out, tcp: {dstipaddr: git.example.org, dstport: 443}}
                    - {action: accept, direction: out, tcp: {dstipaddr: cdn.example.org, dstport: 443, comment: big}}
                    - {action: accept, direction: out, tcp: {dstipaddr: 192.0.2.1, comment: git.example.org}}
                    - {action: drop, direction: inout, priority: 1000, all: {}}
            """;

    private final MemoryHost host = new MemoryHost();
    private final Map<String, List<String>> names = new HashMap<>();

    @TempDir
    Path folder;

    private Shell shell;
    private FilterNameUpdater updater;
    private String file;

    @BeforeEach
    void applied() {
        host.resolve(name -> names.containsKey(name) ? new Answer.Found(names.get(name)) : new Answer.Unknown());
        names.put("git.example.org", List.of("198.51.100.5"));
        names.put("cdn.example.org", List.of("203.0.113.1", "203.0.113.2"));
        define("clean-traffic", "<filter name='clean-traffic'/>");
        shell = new Shell(host, folder);
        file = shell.file("git.yaml", FILTER);
        shell.applied(file);
        updater = new FilterNameUpdater("memory:///", host, Kinds.all());
    }

    private void define(String name, String xml) {
        try (var writer = host.writer("memory:///")) {
            writer.perform(new Action.Define(new ResourceId("nwfilter", name), xml));
        }
    }

    private String document(String name) {
        return XmlWriter.write(((Observed.Present)
                        Objects.requireNonNull(host.objects("nwfilter").get(name)))
                .defined());
    }

    private int written() {
        return host.performed().size();
    }

    @Test
    void namesThatAreWhereTheyWereChangeNothing() {
        var before = written();

        assertThat(updater.check()).isEmpty();
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void theFilterBecomesWhatAnApplyWouldMakeOfIt() {
        names.put("git.example.org", List.of("198.51.100.6", "198.51.100.7"));

        assertThat(updater.check())
                .containsExactly(Map.entry(
                        "name.changed",
                        Map.of(
                                "filter",
                                "git",
                                "name",
                                "git.example.org",
                                "added",
                                List.of("198.51.100.6", "198.51.100.7"),
                                "removed",
                                List.of("198.51.100.5"))));

        shell.inSync(file);
        assertThat(updater.check()).isEmpty();
    }

    @Test
    void aNameThatIsNotKnownNowIsToldOnceAndHoldsUpNoOther() {
        names.remove("git.example.org");
        names.put("cdn.example.org", List.of("203.0.113.3"));

        assertThat(updater.check()).extracting(Map.Entry::getKey).containsExactly("name.changed", "name.unresolved");
        assertThat(document("git")).contains("198.51.100.5").contains("203.0.113.3");
        assertThat(updater.check()).isEmpty();

        names.put("git.example.org", List.of("198.51.100.5"));
        assertThat(updater.check()).isEmpty();
        names.remove("git.example.org");
        assertThat(updater.check())
                .containsExactly(Map.entry("name.unresolved", Map.of("filter", "git", "name", "git.example.org")));
    }

    @Test
    void whatIsNoProjectsStaysAsItIs() {
        var copy = document("git")
                .replaceFirst("name='git'", "name='copy'")
                .replaceFirst("<uuid>.*</uuid>", "<uuid>7c3f0b9e-0000-5000-8000-000000000021</uuid>");
        define("copy", copy);
        var before = document("copy");
        names.put("git.example.org", List.of("198.51.100.6"));

        assertThat(updater.check()).hasSize(1);

        assertThat(document("copy")).isEqualTo(before);
    }

    @Test
    void whatAProjectAdoptedFollows() {
        define(
                "git",
                "<filter name='git'><uuid>" + uuid("git")
                        + "</uuid><rule action='drop' direction='in' priority='500'><all/></rule></filter>");
        define("theirs", "<filter name='theirs'><uuid>7c3f0b9e-0000-5000-8000-000000000021</uuid></filter>");
        shell.applied(shell.file("theirs.yaml", FILTER.replace("name: git\n", "name: theirs\n")), "--adopt");
        names.put("git.example.org", List.of("198.51.100.6"));

        assertThat(updater.check())
                .extracting(event -> event.getValue().get("filter"))
                .containsExactly("theirs");
        assertThat(document("theirs")).contains("198.51.100.6").contains("7c3f0b9e-0000-5000-8000-000000000021");
    }

    @Test
    void whatIsAppliedWhileNamesAreResolvedIsNotUndone() {
        var applies = new AtomicBoolean(true);
        host.resolve(name -> {
            if (applies.getAndSet(false)) {
                define("git", document("git").replace("192.0.2.1", "192.0.2.2"));
            }
            return new Answer.Found(List.of("198.51.100.6"));
        });
        updater = new FilterNameUpdater("memory:///", host, Kinds.all());

        assertThat(updater.check()).hasSize(2);

        assertThat(document("git")).contains("198.51.100.6", "192.0.2.2").doesNotContain("192.0.2.1'");
    }

    @Test
    void whatLibvirtRefusesIsToldOnceAndStays() {
        var before = document("git");
        updater = new FilterNameUpdater("memory:///", new Refusing(host), Kinds.all());
        names.put("git.example.org", List.of("198.51.100.6"));

        assertThat(updater.check()).containsExactly(Map.entry("name.failed", Map.of("filter", "git", "why", "No.")));
        assertThat(updater.check()).isEmpty();
        assertThat(document("git")).isEqualTo(before);
    }

    /** Takes no change. */
    private record Refusing(MemoryHost host) implements HostConnector {
        @Override
        public HostReader reader(String uri) {
            return host.reader(uri);
        }

        @Override
        public HostWriter writer(String uri) {
            return new HostWriter() {
                @Override
                public void perform(Action action) {
                    throw new HostException(HostException.Failure.REFUSED, 1, 33, "No.");
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public NameResolver names() {
            return host.names();
        }
    }

    private String uuid(String name) {
        return ((Observed.Present)
                        Objects.requireNonNull(host.objects("nwfilter").get(name)))
                .uuid();
    }
}
