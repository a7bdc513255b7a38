package dev.paddock.testkit.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 *
 * @param file where it is, relative to the checkout
 */
record Page(Path file, String text) {
    static final Path HOME = Path.of(System.getProperty("paddock.home", "../.."))
            .toAbsolutePath()
            .normalize();

    private static final Pattern FENCE =
            Pattern.compile("^```([a-z]*) ?([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /**
     * A block of code.
     *
     * @param language as the fence says it
     * @param name what follows it there: the name of a file
     */
    record Block(String language, String name, String text) {}

    static Page read(Path file) {
        try {
            return new Page(HOME.relativize(file), Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Page named(String file) {
        return read(HOME.resolve(file));
    }

    /** Return all pages for people: those at the top, and those below docs. */
    static List<Page> all() {
        var pages = new ArrayList<Path>();
        try (var top = Files.list(HOME);
                var docs = Files.walk(HOME.resolve("docs"))) {
            top.filter(Page::isPage).forEach(pages::add);
            docs.filter(Page::isPage).forEach(pages::add);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return pages.stream().sorted().map(Page::read).toList();
    }

    private static boolean isPage(Path path) {
        return path.toString().endsWith(".md");
    }

    List<Block> blocks() {
        return FENCE.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2), block.group(3)))
                .toList();
    }

    /** Return where its links go, as written. */
    List<String> links() {
        return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
    }

    String title() {
        return headings().getFirst();
    }

    List<String> headings() {
        return HEADING.matcher(prose())
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceFirst("^#+ ", ""))
                .toList();
    }

    /** Return the anchors that its headings give. */
    List<String> anchors() {
        return headings().stream()
                .map(heading -> heading.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
