package dev.paddock.testkit.docs;

import dev.paddock.api.host.FilterBackend;
import dev.paddock.cli.reach.Backends;
import dev.paddock.cli.reach.Landscape;
import dev.paddock.cli.reach.Standpoints;
import dev.paddock.cli.reach.Words;
import dev.paddock.core.bind.BindRequest;
import dev.paddock.core.bind.Binder;
import dev.paddock.nwfilter.firewall.Build;
import dev.paddock.nwfilter.reach.Matrix;
import dev.paddock.nwfilter.reach.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The matrices of the agents' filter, as it was given and as it ships, by both firewalls side by side. */
final class FilterTables {
    private static final String STANDPOINT = "agent-network-filter@agent-nat-filtered";

    /** The playbooks, and what their forms of the filter are called. */
    private static final Map<String, String> FORMS =
            new TreeMap<>(Map.of("seed-as-given", "as given", "agent-networks", "corrected")).descendingMap();

    /** Of each cell what the columns say, in their order. */
    private final Map<Row, List<String>> cells = new LinkedHashMap<>();

    private final List<String> columns = new ArrayList<>();

    private FilterTables() {}

    /**
     * What is asked about.
     *
     * @param whom who is spoken to, or speaks; nobody for what is asked of the guest alone
     */
    private record Row(String whom, String what) {}

    static String of(Binder binder) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        FORMS.forEach((form, words) -> {
            var bound = binder.bind(BindRequest.of(Page.HOME.resolve("playbooks/" + form + ".yaml")));
            var landscape = Landscape.declared(bound.resources());
            for (var kind : FilterBackend.Kind.values()) {
                var backend = Backends.word(kind);
                var by = landscape.by(Backends.named(backend).orElseThrow());
                settings.put(
                        words + ", " + backend,
                        new Standpoints(by)
                                .named(STANDPOINT, Map.of())
                                .orElseThrow()
                                .setting());
            }
        });
        // All are asked about what the rules of any name.
        var traffic = settings.values().stream()
                .flatMap(setting -> setting.traffic().stream())
                .distinct()
                .toList();
        var tables = new FilterTables();
        settings.forEach((column, setting) -> {
            if (!(setting.settled() instanceof Build.Ready ready)) {
                throw new IllegalStateException(
                        "%s cannot be carried out: %s".formatted(STANDPOINT, setting.settled()));
            }
            tables.columns.add(column);
            tables.add(Matrix.of(setting.scene(ready.firewall()), traffic));
        });
        return tables.text();
    }

    private void add(Matrix matrix) {
        matrix.outgoing().forEach(cell -> add("to " + cell.peer().name(), cell));
        matrix.incoming().forEach(cell -> add("from " + cell.peer().name(), cell));
        add(new Row("", "a lease by DHCP"), Words.of(matrix.lease().outcome()));
        matrix.misdeeds()
                .forEach((misdeed, verdict) -> add(new Row("", misdeed.words()), verdict.passes() ? "yes" : "no"));
    }

    private void add(String whom, Matrix.Cell cell) {
        add(
                new Row(whom, cell.traffic().toString()),
                Words.of(cell.conversation().outcome()));
    }

    private void add(Row row, String word) {
        cells.computeIfAbsent(row, first -> new ArrayList<>()).add(word);
    }

    /** Traffic of which the same is said is in one line, and so are those of whom the same is said. */
    private String text() {
        Map<String, Map<List<String>, List<String>>> byWhom = new LinkedHashMap<>();
        cells.forEach((row, words) -> byWhom.computeIfAbsent(row.whom(), first -> new LinkedHashMap<>())
                .computeIfAbsent(words, first -> new ArrayList<>())
                .add(row.what()));
        Map<Map<List<String>, List<String>>, List<String>> alike = new LinkedHashMap<>();
        byWhom.forEach((whom, said) ->
                alike.computeIfAbsent(said, first -> new ArrayList<>()).add(whom));
        var text = new StringBuilder("| Who | What | ")
                .append(String.join(" | ", columns))
                .append(" |\n|---|---|")
                .append("---|".repeat(columns.size()))
                .append('\n');
        alike.forEach((said, whom) -> {
            var who = String.join(", ", whom);
            for (var entry : said.entrySet()) {
                text.append("| ")
                        .append(who)
                        .append(" | ")
                        .append(String.join(", ", entry.getValue()))
                        .append(" | ")
                        .append(String.join(" | ", entry.getKey()))
                        .append(" |\n");
                who = "";
            }
        });
        return text.toString();
    }
}
