package dev.paddock.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.api.host.HostConnector;
import dev.paddock.api.host.HostException;
import dev.paddock.api.host.HostInfo;
import dev.paddock.api.host.HostReader;
import dev.paddock.api.host.HostWriter;
import dev.paddock.api.host.NetworkAttachment;
import dev.paddock.api.host.Observed;
import dev.paddock.api.host.VolumeUsage;
import dev.paddock.api.kind.Kind;
import dev.paddock.api.resource.ResourceId;
import dev.paddock.api.xml.Element;
import dev.paddock.core.resource.InventoryHost;
import dev.paddock.network.NetworkKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {
    private static final String URI = "there:///";
    private static final InventoryHost HERE = new InventoryHost("local", URI);
    private static final Kind NETWORK = new NetworkKind();
    private static final Optional<Set<String>> LAN = Optional.of(Set.of("lan"));

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final ReadAhead ahead = new ReadAhead(new Hosts());

    @Test
    void whereManyComeAllAreReadOnce() {
        ahead.upcoming(HERE, NETWORK, 100);
        ahead.upcoming(HERE, NETWORK, 100);
        var read = ahead.reader(URI).read("network", Optional.of(Set.of("lan", "none")));

        assertThat(read).containsOnlyKeys("lan", "none").containsEntry("none", new Observed.Absent());
        assertThat(calls).containsExactly("open", "read Optional.empty");
    }

    @Test
    void whereFewComeTheConnectionIsOpenedAndNoMore() {
        ahead.upcoming(HERE, NETWORK, 2);
        ahead.reader(URI).read("network", LAN);

        assertThat(calls).containsExactly("open", "read " + LAN);
    }

    @Test
    void whatWasReadAheadIsGivenAwayOnce() {
        ahead.upcoming(HERE, NETWORK, 100);
        ahead.reader(URI).read("network", LAN);
        ahead.reader(URI).read("network", LAN);

        assertThat(calls).containsExactly("open", "read Optional.empty", "open", "read " + LAN);
    }

    @Test
    void aFarHostIsLeftAlone() {
        ahead.upcoming(new InventoryHost("far", "qemu+ssh://far/system"), NETWORK, 100);
        ahead.reader("qemu+ssh://far/system").read("network", LAN);

        assertThat(calls).containsExactly("open", "read " + LAN);
    }

    @Test
    void aHostThatDoesNotAnswerFailsOnceItIsAskedFor() {
        ahead.upcoming(new InventoryHost("gone", "gone:///"), NETWORK, 100);

        assertThatThrownBy(() -> ahead.reader("gone:///")).isInstanceOf(HostException.class);
    }

    private final class Hosts implements HostConnector {
        @Override
        public HostReader reader(String uri) {
            calls.add("open");
            if (uri.startsWith("gone")) {
                throw new HostException(HostException.Failure.UNREACHABLE, 0, 0, "Nobody there.");
            }
            return new Reader();
        }

        @Override
        public HostWriter writer(String uri) {
            throw new HostException(HostException.Failure.UNSUPPORTED, 0, 0, "Not here.");
        }
    }

    private final class Reader implements HostReader {
        @Override
        public Map<String, Set<String>> emulators() {
            return Map.of();
        }

        @Override
        public boolean accelerates() {
            return false;
        }

        @Override
        public FilterBackend filterBackend() {
            return FilterBackend.assumed("as nobody asks");
        }

        @Override
        public Optional<List<String>> addresses() {
            return Optional.empty();
        }

        @Override
        public boolean filtersBridges() {
            return true;
        }

        @Override
        public HostInfo info() {
            return new HostInfo(URI, "none", new HostInfo.Version(0, 0, 0));
        }

        @Override
        public Map<String, Observed> read(String kind, Optional<Set<String>> names) {
            calls.add("read " + names);
            return Map.of("lan", present(kind), "other", present(kind));
        }

        private static Observed present(String kind) {
            return new Observed.Present("", Element.of(kind), Optional.empty(), false, true, false);
        }

        @Override
        public List<NetworkAttachment> attachments(String network) {
            return List.of();
        }

        @Override
        public List<VolumeUsage> users(ResourceId volume) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
