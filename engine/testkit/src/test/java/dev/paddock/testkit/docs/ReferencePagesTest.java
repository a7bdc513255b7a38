package dev.paddock.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.kind.Kind;
import dev.paddock.cli.Commands;
import dev.paddock.cli.ExitCode;
import dev.paddock.core.plan.Operation;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.ServiceLoader;
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
    void everyCommandHasItsOptionsExplained() throws Exception {
        GeneratedPart.check("docs/commands.md", OptionTables.of(Commands.specification()));
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
