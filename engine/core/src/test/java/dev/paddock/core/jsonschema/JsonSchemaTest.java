package dev.paddock.core.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.paddock.core.bind.TestKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonSchemaTest {
    private static boolean accepts(String playbook) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.of(TestKind.ALL));
        return schema.validate(new ObjectMapper().readTree(playbook.replace('\'', '"')))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'name': 'x', 'hosts': ['a', 'b'], 'vars': {'a': {'b': 1}}, 'boxes': [{'name': 'b'}]}]",
                "{'boxes': [{'name': 'b', 'size': 3, 'color': 'red', 'ports': '10-20', 'autostart': true}]}",
                "{'boxes': [{'name': 'b', 'size': '${x}', 'ports': [{'from': '${y}', 'to': 3}, '1-2', '${z}']}]}",
                "{'boxes': [{'name': 'b', 'ports': {'from': 1, 'to': 2}, 'labels': {'52:54:00:00:00:01': 'x'}}]}",
                "{'boxes': [{'xml': '<box/>'}, {'xml': {'file': 'x'}}, {'template': 'x', 'values': {'a': 1}}, '${x}']}",
                "{'lids': [{'name': 'l', 'fits': 'x', 'state': 'present'}, {'name': 'l', 'state': 'absent'}]}",
                "{'vars': {}, 'include': 'x', 'when': ['a', 'b'], 'boxes': [{'name': 'b', 'when': true, 'for_each': []}]}",
            })
    void whatTheBinderTakesIsAccepted(String playbook) throws IOException {
        assertThat(accepts(playbook)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'boxs': []}",
                "{'boxes': [{'name': 'b', 'sise': 3}]}",
                "{'boxes': [{'size': 3}]}",
                "{'boxes': [{'name': 'b', 'color': 'gren'}]}",
                "{'boxes': [{'name': 'b', 'ports': '10'}]}",
                "{'boxes': [{'name': 'b', 'ports': {'from': 1}}]}",
                "{'boxes': [{'name': 'b', 'labels': {'x': 'x'}}]}",
                "{'boxes': [{'name': 'b', 'state': 'there'}]}",
                "{'lids': [{'name': 'l'}]}",
                "{'lids': [{'name': 'l', 'fits': 'x', 'autostart': true}]}",
                "{'project': 'a b'}",
            })
    void whatTheBinderRefusesIsRefused(String playbook) throws IOException {
        assertThat(accepts(playbook)).isFalse();
    }

    @Test
    void whatOnlyResourcesMaySayIsNoKeyOfAPlay() throws IOException {
        assertThat(accepts("{'validate': false, 'boxes': []}")).isFalse();
        assertThat(accepts("{'boxes': [{'name': 'b', 'validate': false}]}")).isTrue();
    }

    @Test
    void keysAreExplained() {
        assertThat(JsonSchema.of(TestKind.ALL)).contains("\"description\" : \"How large it is.\"");
    }
}
