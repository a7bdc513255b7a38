package dev.paddock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paddock.cli.poolclient.PoolHttpClient;
import java.io.IOException;
import java.nio.file.Path;

/** A client of one pool at the socket of its pool server. */
record BenchmarkPool(Path socket, String name) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final double MILLIS = 1e6;
    private static final long GLANCE_MILLIS = 20;

    AcquireSample acquire() throws IOException {
        var start = System.nanoTime();
        var lease = ask("POST", "/v1/pools/" + name + "/leases", "{\"waitSeconds\": 300}");
        return AcquireSample.of(lease, (System.nanoTime() - start) / MILLIS);
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

    /** Return the number of the last event. */
    long lastEvent() throws IOException {
        return last(ask("GET", "/v1/events", ""), 0);
    }

    /** Wait until the job that made a guest ready after an event has ended, and return what it was: clean or make. */
    String awaitJob(long event) throws IOException {
        for (var after = event; ; ) {
            var events = ask("GET", "/v1/events?wait=60&after=" + after, "");
            for (var each : events) {
                var what = each.path("event").asText();
                if (each.path("pool").asText().equals(name)
                        && (what.equals("guest.clean") || what.equals("guest.make"))) {
                    return what.substring("guest.".length());
                }
            }
            after = last(events, after);
        }
    }

    private static long last(JsonNode events, long otherwise) {
        return events.isEmpty()
                ? otherwise
                : events.get(events.size() - 1).path("number").asLong();
    }

    private boolean isDeclared() throws IOException {
        return ask("GET", "/v1/pools", "").findValuesAsText("name").contains(name);
    }

    JsonNode status() throws IOException {
        return ask("GET", "/v1/pools/" + name, "");
    }

    JsonNode ask(String method, String path, String body) throws IOException {
        var reply = PoolHttpClient.ask(socket, method, path, body);
        if (!reply.isGood()) {
            throw new IOException(method + " " + path + ": " + reply.body());
        }
        return MAPPER.readTree(reply.body());
    }
}
