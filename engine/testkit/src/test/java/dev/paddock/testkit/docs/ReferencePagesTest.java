package dev.paddock.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paddock.api.kind.Kind;
import dev.paddock.cli.Commands;
import dev.paddock.cli.ExitCode;
import dev.paddock.core.bind.Binder;
import dev.paddock.core.bind.JsonSchema;
import dev.paddock.core.plan.Operation;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The pages that tell what the program says of itself. */
class ReferencePagesTest {
    @Test
    void everyKindHasItsFieldsExplained() throws Exception {
        var kinds = ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        assertThat(kinds).isNotEmpty();
        for (var kind : kinds) {
            GeneratedPart.check("docs/" + kind.key() + ".md", FieldTables.of(kind.schema()));
        }
    }

    @Test
    void whatEveryResourceMaySayIsInTheLanguage() throws Exception {
        var kinds = ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        var definitions = new ObjectMapper().readTree(JsonSchema.of(kinds)).path("$defs");
        var page = Page.named("docs/language.md").text();

        var common = new TreeSet<String>();
        for (var kind : kinds) {
            definitions.path(kind.name()).path("properties").fieldNames().forEachRemaining(common::add);
        }
        kinds.forEach(kind -> common.removeAll(kind.schema().fields().keySet()));
        assertThat(common).contains("name", "state").allSatisfy(key -> assertThat(page)
                .containsPattern("\\| [^|]*`" + key + "`[^|]* \\|"));
        definitions.path("play").path("properties").fieldNames().forEachRemaining(key -> assertThat(page)
                .containsPattern("\\| [^|]*`" + key + "`[^|]* \\|"));
    }

    @Test
    void everyCommandHasItsOptionsExplained() throws Exception {
        GeneratedPart.check("docs/commands.md", OptionTables.of(Commands.specification()));
    }

    @Test
    void theAgentsFilterIsShownByBothFirewalls() throws Exception {
        var kinds = ServiceLoader.load(Kind.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        GeneratedPart.check("docs/filters.md", FilterTables.of(new Binder(kinds)));
    }

    @Test
    void everyExitCodeIsInTheTable() throws Exception {
        var page = Page.named("docs/commands.md").text();

        for (var field : ExitCode.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                assertThat(page).contains("| " + field.getInt(null) + " |");
            }
        }
    }

    @Test
    void everySymbolOfAPlanIsInTheTable() {
        var page = Page.named("docs/commands.md").text();

        assertThat(Arrays.stream(Operation.values()).filter(Operation::isChange))
                .allSatisfy(operation ->
                        assertThat(page).contains("| `" + operation.symbol() + "` | " + operation.phrase() + " |"));
    }

    @Test
    void theReadmeNamesEveryCommand() {
        var readme = Page.named("README.md").text();

        assertThat(OptionTables.commands(Commands.specification()))
                .hasSizeGreaterThan(5)
                .allSatisfy(command -> assertThat(readme).contains("| `" + command.name()));
    }
}
