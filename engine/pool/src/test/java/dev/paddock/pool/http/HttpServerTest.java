package dev.paddock.pool.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.api.pool.OnEmpty;
import dev.paddock.pool.event.EventLog;
import dev.paddock.pool.lease.LeaseStore;
import dev.paddock.pool.service.AdvanceableClock;
import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import dev.paddock.pool.service.PoolTemplates;
import dev.paddock.pool.service.StandInHost;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the API as a client in any language uses it. */
@Timeout(60)
class HttpServerTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private LeaseStore store;
    private LeaseService leases;
    private HttpServer server;

    /** A response. */
    private record Reply(int status, String body) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException noJson) {
                throw new AssertionError(body, noJson);
            }
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        var host = new StandInHost(1, 0);
        host.templates.add(PoolTemplates.template("agents", PoolTemplates.spec(2, 4, OnEmpty.WAIT)));
        var metrics = new PoolMetrics();
        var clock = new AdvanceableClock().poolClock();
        store = LeaseStore.open(folder.resolve("leases"), "boot", clock::millis);
        leases = new LeaseService(store, host.forNewServer(), clock, new EventLog(clock, event -> {}), metrics);
        leases.start();
        server = HttpServer.open(socket(), leases, metrics, clock);
    }

    @AfterEach
    void tearDown() {
        server.close();
        leases.close();
        store.close();
    }

    private Path socket() {
        return folder.resolve("paddock.sock");
    }

    private Reply ask(String method, String path, String body) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            var text = method + " " + path + " HTTP/1.0\r\nHost: paddock\r\nContent-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            var answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            var end = answer.indexOf("\r\n\r\n");
            return new Reply(Integer.parseInt(answer.substring(9, 12)), answer.substring(end + 4));
        }
    }

    private Reply until(String path, Predicate<Reply> condition) throws IOException {
        while (true) {
            var reply = ask("GET", path, "");
            if (condition.test(reply)) {
                return reply;
            }
        }
    }

    @Test
    void aGuestIsAcquiredExtendedAndReleased() throws IOException {
        var acquired = ask(
                "POST", "/v1/pools/agents/leases", "{\"requestId\": \"one\", \"variables\": {\"TOKEN\": \"S3CRET\"}}");

        assertThat(acquired.status()).isEqualTo(201);
        assertThat(acquired.body()).doesNotContain("S3CRET");
        var id = acquired.json().path("id").asText();
        assertThat(acquired.json().path("owner").asText()).isEqualTo(System.getProperty("user.name"));
        assertThat(ask("POST", "/v1/pools/agents/leases", "{\"requestId\": \"one\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ask("POST", "/v1/leases/" + id + "/extend", "{\"seconds\": 60}")
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET", "/v1/leases", "").json()).hasSize(1);
        assertThat(ask("DELETE", "/v1/leases/" + id, "").status()).isEqualTo(200);
        assertThat(ask("DELETE", "/v1/leases/" + id, "").status()).isEqualTo(200);
        assertThat(ask("POST", "/v1/leases/" + id + "/extend", "").status()).isEqualTo(410);
        assertThat(ask("GET", "/v1/events", "").body())
                .contains("lease.released")
                .doesNotContain("S3CRET");
    }

    @Test
    void aLeaseIsForked() throws IOException {
        var id = ask("POST", "/v1/pools/agents/leases", "").json().path("id").asText();

        var forked = ask("POST", "/v1/leases/" + id + "/fork", "{\"count\": 2}");

        assertThat(forked.status()).isEqualTo(201);
        assertThat(forked.json().path("leases")).hasSize(2).allSatisfy(lease -> assertThat(
                        lease.path("forkedFrom").asText())
                .isEqualTo(id));
        assertThat(ask("POST", "/v1/leases/" + id + "/fork", "{\"count\": 0}").status())
                .isEqualTo(400);
        assertThat(ask("POST", "/v1/leases/" + id + "/fork", "{\"count\": 9}").status())
                .isEqualTo(429);
        assertThat(ask("POST", "/v1/leases/" + id + "/fork", "{\"keep\": \"branch\"}")
                        .json()
                        .path("leases"))
                .isEmpty();
        assertThat(ask("GET", "/v1/pools/agents/states", "")
                        .json()
                        .path(0)
                        .path("lease")
                        .asText())
                .isEqualTo(id);
        assertThat(ask("POST", "/v1/pools/agents/states/branch/leases", "")
                        .json()
                        .path(0)
                        .path("forkedFrom")
                        .asText())
                .isEqualTo(id);
        assertThat(ask("DELETE", "/v1/pools/agents/states/branch", "").json()).isEmpty();
    }

    @Test
    void aMalformedRequestIsRejectedWithAReason() throws IOException {
        assertThat(ask("POST", "/v1/pools/agents/leases", "{\"TOKEN\": \"S3CRET"))
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400))
                .satisfies(reply -> assertThat(reply.body()).doesNotContain("S3CRET"));
        assertThat(ask("POST", "/v1/pools/agents/leases", "{\"second\": 3}").body())
                .contains("second")
                .contains("bad_request");
        assertThat(ask("POST", "/v1/pools/agents/leases", "{\"seconds\": 99999999}")
                        .status())
                .isEqualTo(400);
        assertThat(ask("POST", "/v1/pools/agent/leases", "").status()).isEqualTo(404);
        assertThat(ask("GET", "/v1/leases/agents-1.abc", "").status()).isEqualTo(404);
        assertThat(ask("PUT", "/v1/pools", "").status()).isEqualTo(404);
    }

    @Test
    void everyDescribedOperationExists() throws IOException {
        until("/v1/pools", reply -> reply.json().path(0).path("ready").asInt() == 2);
        var description = ask("GET", "/openapi.json", "").json();

        for (var path : description.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (method.getKey().equals("parameters")) {
                    continue;
                }
                var concrete = path.getKey()
                        .replace("{pool}", "agents")
                        .replace("{lease}", "agents-1.none")
                        .replace("{state}", "none");
                var reply = ask(method.getKey().toUpperCase(java.util.Locale.ROOT), concrete, "");
                assertThat(reply.body())
                        .as(method.getKey() + " " + concrete)
                        .doesNotContain("There is no " + method.getKey().toUpperCase(java.util.Locale.ROOT));
            }
        }
        assertThat(ask("GET", "/metrics", "").body())
                .contains("paddock_acquire_seconds_bucket")
                .contains("paddock_guests{pool=\"agents\",state=\"ready\"}");
    }

    @Test
    void theSocketIsForRootAndItsGroup() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isIn("rw-rw----", "rw-------");
    }
}
