package dev.paddock.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Diagnostic;
import dev.paddock.api.diagnostic.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlReaderTest {
    private final List<Diagnostic> told = new ArrayList<>();

    private YamlNode read(String yaml) {
        var node = YamlReader.parse(yaml, "f.yaml", told::add);
        assertThat(told).isEmpty();
        return node.orElseThrow();
    }

    private List<String> mistakes(String yaml) {
        YamlReader.parse(yaml, "f.yaml", told::add);
        return words();
    }

    private List<String> words() {
        return told.stream()
                .map(mistake -> mistake.code() + " " + mistake.place().orElseThrow() + " " + mistake.detail() + " | "
                        + mistake.fix().orElse(""))
                .toList();
    }

    private static Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Sequence sequence ->
                sequence.items().stream().map(YamlReaderTest::plain).toList();
            case YamlNode.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + plain(entry.getValue().value()))
                        .collect(Collectors.joining(" "));
            case YamlNode.Failed failed -> "failed";
        };
    }

    private static YamlNode.Scalar scalar(YamlNode node, String key) {
        return (YamlNode.Scalar) ((YamlNode.Mapping) node).get(key).orElseThrow();
    }

    @Test
    void scalarsKeepTheirText() {
        assertThat(plain(read("[52:54:00:12:34:56, 0644, no, on, 12:30:45, 1_000, 2001-01-01, 0x1f, ~]")))
                .isEqualTo(List.of(
                        "52:54:00:12:34:56", "0644", "no", "on", "12:30:45", "1_000", "2001-01-01", "0x1f", "~"));
    }

    @Test
    void placesCountFromOne() {
        var root = (YamlNode.Mapping) read("a:\n  - b: c\n");
        var item = ((YamlNode.Sequence) root.get("a").orElseThrow()).items().getFirst();

        assertThat(root.entries().values().iterator().next().keyPlace()).isEqualTo(new SourceLocation("f.yaml", 1, 1));
        assertThat(item.place()).isEqualTo(new SourceLocation("f.yaml", 2, 5));
        assertThat(scalar(item, "b").place()).isEqualTo(new SourceLocation("f.yaml", 2, 8));
    }

    @Test
    void placesInBlocksAndQuotesAreFound() {
        var root = read("a: |\n\n    one\n      two\nb: \"quoted\"\nc: >\n  folded\nd: \"es\\x20caped\"\n");

        assertThat(scalar(root, "a").layout().at(2, 2)).isEqualTo(new SourceLocation("f.yaml", 3, 6));
        assertThat(scalar(root, "a").layout().at(3, 3)).isEqualTo(new SourceLocation("f.yaml", 4, 7));
        assertThat(scalar(root, "b").layout().at(1, 1)).isEqualTo(new SourceLocation("f.yaml", 5, 5));
        assertThat(scalar(root, "c").layout().at(1, 3)).isEqualTo(new SourceLocation("f.yaml", 6, 4));
        assertThat(scalar(root, "d").layout().at(1, 3)).isEqualTo(new SourceLocation("f.yaml", 8, 4));
    }

    @Test
    void nothingIsAbsentAndQuotedNothingIsNot() {
        var root = read("a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\nf: !!str\n");

        assertThat(List.of("a", "b", "c")).allMatch(key -> scalar(root, key).absent());
        assertThat(List.of("d", "e", "f")).noneMatch(key -> scalar(root, key).absent());
    }

    @Test
    void aliasesAndMergesAreResolved() {
        assertThat(plain(read("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse: {<<: [*b, *m], x: 9}\nsame: *b\n")))
                .isEqualTo("base=x=1 y=2 more=y=3 z=4 use=y=2 z=4 x=9 same=x=1 y=2");
    }

    @Test
    void aTaggedSecretIsMarked() {
        var root = read("a: !secret x\nb: x\n");

        assertThat(scalar(root, "a").secret()).isTrue();
        assertThat(scalar(root, "b").secret()).isFalse();
    }

    @Test
    void aKeyGivenTwiceIsToldWithBothPlaces() {
        assertThat(mistakes("a: 1\nb: 2\na: 3\n"))
                .containsExactly(
                        "YAML_DUPLICATE_KEY f.yaml:3:1 The key 'a' is given twice, first at f.yaml:1:1; only one"
                                + " can count. | Remove one of the two.");
    }

    @Test
    void everyDuplicateAndUnknownTagIsToldAtOnce() {
        assertThat(mistakes("a: 1\na: 2\nb: !foo x\nc: !!binary aGk=\nd: {e: 1, e: 2}\n? [x]\n: y\n"))
                .extracting(text -> text.split(" ", 3)[0] + " " + text.split(" ", 3)[1])
                .containsExactly(
                        "YAML_DUPLICATE_KEY f.yaml:2:1",
                        "YAML_UNSUPPORTED f.yaml:3:4",
                        "YAML_UNSUPPORTED f.yaml:4:4",
                        "YAML_DUPLICATE_KEY f.yaml:5:11",
                        "YAML_UNSUPPORTED f.yaml:6:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:\\n\\tb: 1 | YAML_SYNTAX f.yaml:2:1 | Indent with spaces",
                "a: b: c | YAML_SYNTAX f.yaml:1:5 | in quotes",
                "a: [1, 2 | YAML_SYNTAX f.yaml:1:9 | Close what was opened",
                "a: 'b | YAML_SYNTAX f.yaml:1:6 | Close what was opened",
                "a: @b | YAML_SYNTAX f.yaml:1:4 | in quotes",
                "a: 1\\n b: 2 | YAML_SYNTAX f.yaml:2:3 | in quotes",
                "a: *b | YAML_SYNTAX f.yaml:1:4 | Define the anchor first",
                "a: &x [*x] | YAML_UNSUPPORTED f.yaml:1:8 | Move the alias",
                "a: 1\\n---\\nb: 2 | YAML_UNSUPPORTED f.yaml:2:1 | Put all into one document",
                "<<: 3 | WRONG_SHAPE f.yaml:1:5 | alias of a mapping",
            })
    void mistakesHaveAPlaceAndAWayOut(String yaml, String place, String fix) {
        assertThat(mistakes(yaml.replace("\\n", "\n").replace("\\t", "\t")))
                .singleElement()
                .asString()
                .startsWith(place + " ")
                .contains(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n"})
    void anEmptyFileIsTold(String yaml) {
        assertThat(mistakes(yaml))
                .containsExactly("WRONG_SHAPE f.yaml:1:1 The file is empty. | Write something, or do not name it.");
    }

    @Test
    void bytesThatAreNoTextAreToldWithTheirPlace(@TempDir Path folder) throws IOException {
        var file = folder.resolve("f.yaml");
        Files.write(file, new byte[] {'a', ':', '\n', ' ', (byte) 0xff});
        YamlReader.read(file, SourceLocation.startOf("x"), told::add);
        Files.write(file, new byte[] {'a', ':', ' ', 0});
        YamlReader.read(file, SourceLocation.startOf("x"), told::add);

        assertThat(words())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("FILE_UNREADABLE " + file + ":2:2 The byte 0xff"),
                        second -> assertThat(second).startsWith("YAML_SYNTAX " + file + ":1:4 The character U+0000"));
    }

    @Test
    void aByteOrderMarkIsNotText(@TempDir Path folder) throws IOException {
        var file = folder.resolve("f.yaml");
        Files.writeString(file, "\uFEFFa: 1\n");

        assertThat(YamlReader.read(file, SourceLocation.startOf("x"), told::add).map(YamlReaderTest::plain))
                .contains("a=1");
    }

    @Test
    void filesThatCannotBeReadAreToldWhereTheyAreNamed(@TempDir Path folder) {
        var named = new SourceLocation("play.yaml", 7, 3);
        YamlReader.read(folder.resolve("no.yaml"), named, told::add);
        YamlReader.read(folder, named, told::add);

        assertThat(told).allMatch(mistake -> mistake.place().orElseThrow().equals(named));
        assertThat(words())
                .satisfiesExactly(first -> assertThat(first).contains("does not exist"), second -> assertThat(second)
                        .contains("is a directory"));
    }

    @Test
    void aFileThatUnfoldsWithoutBoundIsRefused() {
        var bomb = IntStream.range(1, 30)
                .mapToObj(i -> "a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"))
                .collect(Collectors.joining("", "a0: &a0 x\n", ""));

        assertThat(mistakes(bomb)).singleElement().asString().startsWith("YAML_TOO_LARGE f.yaml:");
    }

    @Test
    void aFileNestedTooDeeplyIsRefused() {
        assertThat(mistakes("[".repeat(50_000))).singleElement().asString().startsWith("YAML_TOO_LARGE f.yaml:1:102 ");
        told.clear();
        var chain = IntStream.range(1, 200)
                .mapToObj(i -> "a%d: &a%d [*a%d]%n".formatted(i, i, i - 1))
                .collect(Collectors.joining("", "a0: &a0 x\n", ""));
        assertThat(mistakes(chain)).singleElement().asString().startsWith("YAML_TOO_LARGE f.yaml:101:");
    }

    @Test
    void aFileThatIsTooLargeIsRefused(@TempDir Path folder) throws IOException {
        var file = folder.resolve("f.yaml");
        Files.write(file, new byte[SourceText.MAX_SIZE + 1]);
        YamlReader.read(file, SourceLocation.startOf("x"), told::add);

        assertThat(words()).singleElement().asString().startsWith("YAML_TOO_LARGE x:1:1 ");
    }

    @Test
    void numbersAndBooleansAreThoseOfYamlOnePointTwo() {
        assertThat(Map.of("12", 12L, "0644", 644L, "0x10", 16L, "0o17", 15L, "-3", -3L))
                .allSatisfy((text, number) -> assertThat(
                                CoreSchema.number(text).orElseThrow().longValue())
                        .isEqualTo(number));
        assertThat(List.of("1_000", "52:54", "1e9999", ".", "-", "1.2.3", "0b1", ".inf", "no"))
                .allMatch(text -> CoreSchema.number(text).isEmpty());
        assertThat(List.of("yes", "no", "on", "off", "y"))
                .allMatch(text -> CoreSchema.bool(text).isEmpty());
    }
}
