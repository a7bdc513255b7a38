package dev.paddock.pool.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.pool.lease.StoreException;
import dev.paddock.pool.service.LeaseRejectedException;
import dev.paddock.pool.service.LeaseService;
import dev.paddock.pool.service.PoolMetrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What can be asked; {@code openapi.json} describes it. */
final class ApiHandler extends Handler.Abstract {
    private static final int LARGEST_BODY = 1 << 20;

    private final LeaseService keeper;
    private final PoolMetrics meters;
    private final ResponseJson views;
    private final Semaphore waiting = new Semaphore(HttpServer.MOST_WAITING);

    ApiHandler(LeaseService keeper, PoolMetrics meters, LongSupplier clock) {
        this.keeper = keeper;
        this.meters = meters;
        this.views = new ResponseJson(clock);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var answer = answer(request);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private HttpResponse answer(Request request) {
        try {
            var owner = PeerCredentials.of(request);
            return route(request, owner);
        } catch (BadRequestException wrong) {
            return HttpResponse.error(400, "bad_request", wrong.text());
        } catch (LeaseRejectedException refusal) {
            return HttpResponse.error(
                    status(refusal.reason()),
                    refusal.reason().name().toLowerCase(java.util.Locale.ROOT),
                    refusal.text());
        } catch (StoreException broken) {
            return HttpResponse.error(503, "store_failed", String.valueOf(broken.getMessage()));
        } catch (RuntimeException bug) {
            // Whoever asks gets an answer, and whoever looks after the keeper gets to know.
            keeper.events().trouble("keeper.bug", bug);
            return HttpResponse.error(
                    500, "bug", "This is a bug in paddock: " + bug.getClass().getSimpleName() + ".");
        } catch (IOException unreadable) {
            return HttpResponse.error(400, "bad_request", "The request cannot be read: " + unreadable.getMessage());
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
            case RESULTS_NOT_KEPT -> 507;
        };
    }

    private HttpResponse route(Request request, String owner) throws IOException {
        var path = List.of(Request.getPathInContext(request).substring(1).split("/", -1));
        var method = request.getMethod();
        return switch (method + " " + shape(path)) {
            case "GET healthz" -> HttpResponse.text("text/plain", "ok\n");
            case "GET metrics" -> HttpResponse.text("text/plain; version=0.0.4; charset=utf-8", meters.text());
            case "GET openapi.json" -> HttpResponse.text("application/json", OpenApiDocument.TEXT);
            case "GET v1/pools" -> HttpResponse.json(200, views.pools(keeper.status()));
            case "GET v1/pools/*" -> pool(path.get(2));
            case "POST v1/pools/*/leases" -> acquire(path.get(2), owner, body(request));
            case "POST v1/pools/*/drain" -> drain(path.get(2), owner, true);
            case "DELETE v1/pools/*/drain" -> drain(path.get(2), owner, false);
            case "GET v1/leases" ->
                HttpResponse.json(
                        200,
                        views.leases(keeper.leases(
                                owner.equals(LeaseService.ROOT) ? Optional.empty() : Optional.of(owner))));
            case "GET v1/leases/*" -> HttpResponse.json(200, views.lease(keeper.own(path.get(2), owner)));
            case "POST v1/leases/*/extend" ->
                HttpResponse.json(
                        200,
                        views.lease(keeper.extend(
                                path.get(2), owner, RequestParser.time(body(request), "seconds", "seconds"))));
            case "DELETE v1/leases/*" ->
                HttpResponse.json(
                        200, views.results(keeper.release(path.get(2), owner, RequestParser.discards(request))));
            case "GET v1/events" -> events(request);
            default ->
                HttpResponse.error(404, "not_found", "There is no " + method + " " + String.join("/", path) + " here.");
        };
    }

    /** Return a path with what differs from one pool or lease to another left out. */
    private static String shape(List<String> path) {
        if (path.size() < 3 || !path.getFirst().equals("v1")) {
            return String.join("/", path);
        }
        return path.getFirst() + "/" + path.get(1) + "/*"
                + (path.size() > 3 ? "/" + String.join("/", path.subList(3, path.size())) : "");
    }

    private HttpResponse pool(String name) {
        var status = keeper.status().get(name);
        return status == null
                ? HttpResponse.error(404, "not_found", "There is no pool \"" + name + "\".")
                : HttpResponse.json(200, views.pool(name, status));
    }

    private HttpResponse acquire(String pool, String owner, JsonNode body) {
        var asking = RequestParser.asking(pool, owner, body);
        if (!waiting.tryAcquire()) {
            return HttpResponse.error(503, "busy", "Too many requests wait for guests.");
        }
        try {
            var start = System.nanoTime();
            var grant = keeper.acquire(asking);
            return HttpResponse.json(
                    grant.repeated() ? 200 : 201,
                    views.grant(grant, keeper.address(grant.lease()), System.nanoTime() - start));
        } finally {
            waiting.release();
        }
    }

    private HttpResponse drain(String pool, String owner, boolean drained) {
        if (!owner.equals(LeaseService.ROOT)) {
            return HttpResponse.error(403, "not_yours", "Only root drains pools.");
        }
        keeper.drain(pool, drained);
        return pool(pool);
    }

    private HttpResponse events(Request request) {
        var query = Request.extractQueryParameters(request);
        var after = RequestParser.number(query.getValue("after"), "after", 0);
        var wait = Math.min(RequestParser.number(query.getValue("wait"), "wait", 0), 60);
        try {
            return HttpResponse.json(200, views.events(keeper.events().await(after, wait * 1_000)));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return HttpResponse.json(200, views.events(List.of()));
        }
    }

    private static JsonNode body(Request request) throws IOException {
        if (request.getLength() > LARGEST_BODY) {
            throw new BadRequestException("The request is larger than " + LARGEST_BODY + " bytes.");
        }
        try (var stream = Content.Source.asInputStream(request)) {
            var bytes = stream.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw new BadRequestException("The request is larger than " + LARGEST_BODY + " bytes.");
            }
            return RequestParser.parsed(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
