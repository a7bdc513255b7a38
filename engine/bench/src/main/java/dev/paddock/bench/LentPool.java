package dev.paddock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.cli.pool.KeeperClient;
import java.io.IOException;
import java.nio.file.Path;

/** A pool, as one who borrows its guests at the keeper's socket sees it. */
record LentPool(Path socket, String name) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final double MILLIS = 1e6;
    private static final long GLANCE_MILLIS = 20;

    Acquired acquire() throws IOException {
        var start = System.nanoTime();
        var lease = ask("POST", "/v1/pools/" + name + "/leases", "{\"waitSeconds\": 300}");
        return Acquired.of(lease, (System.nanoTime() - start) / MILLIS);
    }

    void release(String lease) throws IOException {
        ask("DELETE", "/v1/leases/" + lease, "");
    }

    /** Wait until so many guests are ready. */
    void awaitReady(int guests) throws IOException, InterruptedException {
        while (!isDeclared() || status().path("ready").asInt() < guests) {
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    private boolean isDeclared() throws IOException {
        return ask("GET", "/v1/pools", "").findValuesAsText("name").contains(name);
    }

    private JsonNode status() throws IOException {
        return ask("GET", "/v1/pools/" + name, "");
    }

    private JsonNode ask(String method, String path, String body) throws IOException {
        var reply = KeeperClient.ask(socket, method, path, body);
        if (!reply.isGood()) {
            throw new IOException(method + " " + path + ": " + reply.body());
        }
        return MAPPER.readTree(reply.body());
    }
}
