package dev.paddock.pool.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.pool.event.PoolClock;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.LeaseRejectedException;
import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Handles the requests of the API that {@code openapi.json} describes. */
final class ApiHandler extends Handler.Abstract {
    private static final int MAX_BODY = 1 << 20;

    private final LeaseService leases;
    private final PoolMetrics metrics;
    private final PoolClock clock;
    private final ResponseJson json;
    private final Semaphore waiting = new Semaphore(HttpServer.MAX_WAITING);

    ApiHandler(LeaseService leases, PoolMetrics metrics, PoolClock clock) {
        this.leases = leases;
        this.metrics = metrics;
        this.clock = clock;
        this.json = new ResponseJson(clock);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var result = respond(request);
        response.setStatus(result.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, result.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, result.body().length);
        response.write(true, ByteBuffer.wrap(result.body()), callback);
        return true;
    }

    private HttpResponse respond(Request request) {
        try {
            var owner = PeerCredentials.of(request);
            return route(request, owner);
        } catch (BadRequestException failure) {
            return HttpResponse.error(400, "bad_request", failure.text());
        } catch (LeaseRejectedException rejection) {
            return HttpResponse.error(
                    status(rejection.reason()), rejection.reason().name().toLowerCase(Locale.ROOT), rejection.text());
        } catch (StoreException failure) {
            return HttpResponse.error(503, "store_failed", String.valueOf(failure.getMessage()));
        } catch (RuntimeException bug) {
            // The client gets a response, and the administrator an event.
            leases.events().addFailure("leases.bug", bug);
            return HttpResponse.error(
                    500, "bug", "This is a bug in paddock: " + bug.getClass().getSimpleName() + ".");
        } catch (IOException failure) {
            return HttpResponse.error(400, "bad_request", "The request cannot be read: " + failure.getMessage());
        }
    }

    private static int status(LeaseRejectedException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> 404;
            case NOT_YOURS -> 403;
            case BAD_REQUEST -> 400;
            case TOO_MANY -> 429;
            case NONE_READY, DRAINED -> 503;
            case ENDED -> 410;
            case FORK_FAILED -> 409;
            case RESULTS_NOT_KEPT -> 507;
        };
    }

    private HttpResponse route(Request request, String owner) throws IOException {
        var path = List.of(Request.getPathInContext(request).substring(1).split("/", -1));
        var method = request.getMethod();
        return switch (method + " " + shape(path)) {
            case "GET healthz" -> HttpResponse.text("text/plain", "ok\n");
            case "GET metrics" -> HttpResponse.text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
            case "GET openapi.json" -> HttpResponse.text("application/json", OpenApiDocument.TEXT);
            case "GET v1/pools" -> HttpResponse.json(200, json.pools(leases.status()));
            case "GET v1/pools/*" -> pool(path.get(2));
            case "POST v1/pools/*/leases" -> acquire(path.get(2), owner, body(request));
            case "POST v1/pools/*/drain" -> drain(path.get(2), owner, true);
            case "DELETE v1/pools/*/drain" -> drain(path.get(2), owner, false);
            case "GET v1/pools/*/states" -> HttpResponse.json(200, json.states(leases.kept(path.get(2), owner)));
            case "POST v1/pools/*/states/*/leases" ->
                HttpResponse.json(
                        201,
                        json.leases(leases.forkKept(
                                path.get(2), RequestParser.keptRequest(path.get(4), owner, body(request)))));
            case "DELETE v1/pools/*/states/*" -> {
                leases.deleteKept(path.get(2), path.get(4), owner);
                yield HttpResponse.json(200, json.states(leases.kept(path.get(2), owner)));
            }
            case "GET v1/leases" ->
                HttpResponse.json(
                        200,
                        json.leases(leases.leases(
                                owner.equals(LeaseService.ROOT) ? Optional.empty() : Optional.of(owner))));
            case "GET v1/leases/*" -> HttpResponse.json(200, json.lease(leases.lease(path.get(2), owner)));
            case "POST v1/leases/*/extend" ->
                HttpResponse.json(
                        200,
                        json.lease(leases.extend(
                                path.get(2), owner, RequestParser.duration(body(request), "seconds", "seconds"))));
            case "POST v1/leases/*/fork" ->
                HttpResponse.json(
                        201, json.forked(leases.fork(RequestParser.forkRequest(path.get(2), owner, body(request)))));
            case "DELETE v1/leases/*" ->
                HttpResponse.json(
                        200, json.results(leases.release(path.get(2), owner, RequestParser.discardsResults(request))));
            case "GET v1/events" -> events(request);
            default ->
                HttpResponse.error(404, "not_found", "There is no " + method + " " + String.join("/", path) + " here.");
        };
    }

    /** Return a path with the names of the pool, the lease and the state replaced by asterisks. */
    private static String shape(List<String> path) {
        if (path.size() < 3 || !path.getFirst().equals("v1")) {
            return String.join("/", path);
        }
        var shape = new ArrayList<>(path);
        shape.set(2, "*");
        if (path.size() > 4 && path.get(3).equals("states")) {
            shape.set(4, "*");
        }
        return String.join("/", shape);
    }

    private HttpResponse pool(String name) {
        var status = leases.status().get(name);
        return status == null
                ? HttpResponse.error(404, "not_found", "There is no pool \"" + name + "\".")
                : HttpResponse.json(200, json.pool(name, status));
    }

    private HttpResponse acquire(String pool, String owner, JsonNode body) {
        var acquireRequest = RequestParser.acquireRequest(pool, owner, body);
        if (!waiting.tryAcquire()) {
            return HttpResponse.error(503, "busy", "Too many requests wait for guests.");
        }
        try {
            var start = clock.nanos();
            var acquired = leases.acquire(acquireRequest);
            return HttpResponse.json(
                    acquired.repeated() ? 200 : 201,
                    json.acquired(acquired, leases.address(acquired.lease()), clock.nanos() - start));
        } finally {
            waiting.release();
        }
    }

    private HttpResponse drain(String pool, String owner, boolean drained) {
        if (!owner.equals(LeaseService.ROOT)) {
            return HttpResponse.error(403, "not_yours", "Only root drains pools.");
        }
        leases.setDrained(pool, drained);
        return pool(pool);
    }

    private HttpResponse events(Request request) {
        var query = Request.extractQueryParameters(request);
        var after = RequestParser.number(query.getValue("after"), "after", 0);
        var wait = Math.min(RequestParser.number(query.getValue("wait"), "wait", 0), 60);
        try {
            return HttpResponse.json(200, json.events(leases.events().await(after, wait * 1_000)));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return HttpResponse.json(200, json.events(List.of()));
        }
    }

    private static JsonNode body(Request request) throws IOException {
        if (request.getLength() > MAX_BODY) {
            throw new BadRequestException("The request is larger than " + MAX_BODY + " bytes.");
        }
        try (var stream = Content.Source.asInputStream(request)) {
            var bytes = stream.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new BadRequestException("The request is larger than " + MAX_BODY + " bytes.");
            }
            return RequestParser.parse(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
