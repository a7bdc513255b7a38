package dev.paddock.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.diagnostic.Code;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for all pages. */
class PagesTest {
    private static final Path DIAGNOSTICS = Path.of("docs", "diagnostics");

    /** Generated parts, blocks, inline code and comments. */
    private static final Pattern NOT_PROSE = Pattern.compile("(?ms)<!-- Made from the program;.*?"
            + "<!-- Here ends what is made from the program. -->|^```.*?^```|`[^`\n]*`|<!-- .*? -->");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\"\\n]*\\n");
    private static final Pattern LITERAL = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    @Test
    void everyCodeHasAPageAndEveryPageACode() {
        var pages = Page.all().stream()
                .filter(page -> DIAGNOSTICS.equals(page.file().getParent()))
                .map(page -> String.valueOf(page.file().getFileName()))
                .filter(name -> !name.equals("README.md"));

        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values())
                        .map(code -> code.id() + ".md")
                        .toList());
    }

    @Test
    void thePageOfACodeIsHeadedByItsSummaryAndShowsIt() {
        assertThat(Code.values()).allSatisfy(code -> {
            var page = Page.named(DIAGNOSTICS.resolve(code.id() + ".md").toString());
            assertThat(page.title()).isEqualTo(code.id() + ": " + code.summary());
            assertThat(page.blocks())
                    .anySatisfy(block -> assertThat(block.text()).contains(code.id() + ": " + code.summary()));
            assertThat(page.headings()).contains("What to do");
        });
    }

    @Test
    void theListOfDiagnosticsNamesEveryCode() {
        var list = Page.named("docs/diagnostics/README.md").text();

        assertThat(Code.values()).allSatisfy(code -> assertThat(list)
                .contains("| [%s](%s.md) | %s |".formatted(code.id(), code.id(), code.summary())));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Page.all()).hasSizeGreaterThan(50).allSatisfy(page -> {
            for (var link : page.links()) {
                if (link.startsWith("https://")) {
                    continue;
                }
                var parts = link.split("#", 2);
                var folder =
                        Page.HOME.resolve(Objects.requireNonNullElse(page.file().getParent(), Path.of("")));
                var target = parts[0].isEmpty() ? Page.HOME.resolve(page.file()) : folder.resolve(parts[0]);
                assertThat(Files.exists(target))
                        .as("%s, which %s links to", link, page)
                        .isTrue();
                if (parts.length == 2) {
                    assertThat(Page.read(target.normalize()).anchors()).contains(parts[1]);
                }
            }
        });
    }

    /** Words of a private dialect, for which the field has others: "recreated", "is reported", "leased". */
    @Test
    void pagesDoWithoutBannedWords() throws IOException {
        var banned = bannedWords();

        assertThat(Page.all()).allSatisfy(page -> {
            var prose = NOT_PROSE.matcher(page.text()).replaceAll("");
            assertThat(banned.matcher(prose).results().map(MatchResult::group)).isEmpty();
        });
    }

    @Test
    void messagesDoWithoutBannedWords() throws IOException {
        var banned = bannedWords();
        var sources = MainSources.all().stream()
                .filter(file -> !file.startsWith(Page.HOME.resolve("engine/bench")))
                .toList();

        assertThat(sources).hasSizeGreaterThan(500).allSatisfy(source -> {
            var code = COMMENT.matcher(Files.readString(source)).replaceAll("");
            assertThat(LITERAL.matcher(code).results().map(MatchResult::group))
                    .noneMatch(literal -> banned.matcher(literal).find());
        });
    }

    private static Pattern bannedWords() throws IOException {
        try (var words = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PagesTest.class.getResourceAsStream("/banned-words.txt")),
                StandardCharsets.UTF_8))) {
            return Pattern.compile(
                    words.lines()
                            .filter(word -> !word.isBlank())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|", "\\b(?:", ")\\b")),
                    Pattern.CASE_INSENSITIVE);
        }
    }
}
