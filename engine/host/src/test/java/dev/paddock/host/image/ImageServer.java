package dev.paddock.host.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server of one file, on loopback. */
final class ImageServer implements AutoCloseable {
    private final HttpServer server;
    private final byte[] file;
    private final List<String> ranges = new ArrayList<>();
    private int stopsAfter = Integer.MAX_VALUE;
    private boolean knowsRanges = true;

    ImageServer(byte[] file) throws IOException {
        this.file = file.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/image", this::serve);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/image");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Close the connection in the middle of an answer, after so many bytes. */
    ImageServer stoppingAfter(int bytes) {
        stopsAfter = bytes;
        return this;
    }

    ImageServer withoutRanges() {
        knowsRanges = false;
        return this;
    }

    /** Return what parts were asked for; an empty text is all. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    private void serve(HttpExchange exchange) throws IOException {
        var range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
        ranges.add(range.orElse(""));
        var from = range.filter(text -> knowsRanges)
                .map(text -> Integer.parseInt(text.replaceAll("[^0-9]", "")))
                .orElse(0);
        if (from >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        var part = Arrays.copyOfRange(file, from, file.length);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length);
        var sent = Math.min(part.length, stopsAfter);
        exchange.getResponseBody().write(part, 0, sent);
        exchange.getResponseBody().flush();
        // Without the rest of it this is an error, upon which the server drops the connection.
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
