package dev.paddock.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

/** The part of a page that is made from the program: compared with what is committed, or rewritten on request. */
final class GeneratedPart {
    private static final String BEGIN = "<!-- Made from the program; ./test -Ddocs.update rewrites it. -->\n";
    private static final String END = "<!-- Here ends what is made from the program. -->\n";

    private GeneratedPart() {}

    static void check(String file, String expected) throws IOException {
        var page = Page.named(file).text();
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        assertThat(begin).as("begin of what is made in %s", file).isPositive();
        assertThat(end).as("end of what is made in %s", file).isGreaterThan(begin);
        var updated = page.substring(0, begin) + BEGIN + "\n" + expected + "\n" + page.substring(end);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(Page.HOME.resolve(file), updated);
            return;
        }
        assertThat(page)
                .as("%s is not up to date. Rewrite it with -Ddocs.update, and read what changed.", file)
                .isEqualTo(updated);
    }
}
