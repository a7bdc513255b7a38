package dev.paddock.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the time of acquiring a guest by programs, in turns, from a pool whose guests are ready: what the program adds. */
public final class ProgramAcquireBenchmark {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ROUNDS = 20;
    private static final String VERSION = "paddock --version";
    private static final String CURL = "curl --unix-socket";

    private ProgramAcquireBenchmark() {}

    /** @param arguments the socket, the pool, how many of its guests are warm, a folder, and the program with its options */
    public static void main(String[] arguments) throws Exception {
        var socket = arguments[0];
        var pool = new BenchmarkPool(Path.of(socket), arguments[1]);
        var log = Path.of(arguments[3]).resolve("acquired");
        var program = List.of(arguments).subList(4, arguments.length);
        Map<String, BenchmarkProgram> programs = new LinkedHashMap<>();
        programs.put(VERSION, new BenchmarkProgram(log, List.of(program.getFirst(), "--version")));
        programs.put("paddock acquire", new BenchmarkProgram(log, with(program, "acquire", pool.name())));
        programs.put("paddock acquire --id", new BenchmarkProgram(log, with(program, "acquire", pool.name(), "--id")));
        programs.put(
                CURL,
                new BenchmarkProgram(log, List.of("curl", "-s", "--unix-socket", socket, "--json", "{}", url(pool))));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (var round = 0; round <= ROUNDS; round++) {
            for (var each : programs.entrySet()) {
                pool.awaitReady(Integer.parseInt(arguments[2]));
                var taken = each.getValue().run();
                release(pool, Files.readString(log));
                if (round > 0) {
                    times.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        System.out.print(table(times));
    }

    private static ResultTable table(Map<String, List<Double>> times) {
        var table = new ResultTable("what", "p50 ms", "worst ms", "of --version", "of curl");
        var version = Median.of(times.getOrDefault(VERSION, List.of()));
        var curl = Median.of(times.getOrDefault(CURL, List.of()));
        times.forEach((what, all) -> {
            var sorted = new Timings(all);
            table.row(
                    what,
                    Timings.text(sorted.median()),
                    Timings.text(sorted.worst()),
                    Timings.ratio(sorted.median(), version),
                    Timings.ratio(sorted.median(), curl));
        });
        return table;
    }

    /** What is no lease, as a version, is not given back. */
    private static void release(BenchmarkPool pool, String answer) throws IOException {
        if (answer.startsWith("{")) {
            pool.release(MAPPER.readTree(answer).path("id").asText());
        } else if (!answer.startsWith("paddock")) {
            pool.release(answer.strip());
        }
    }

    private static String url(BenchmarkPool pool) {
        return "http://paddock/v1/pools/" + pool.name() + "/leases";
    }

    private static List<String> with(List<String> program, String... more) {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of(more));
        return words;
    }
}
