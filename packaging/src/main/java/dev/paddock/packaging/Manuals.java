package dev.paddock.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Manuals of a command and all commands below it, for {@code man}. */
final class Manuals {
    private Manuals() {}

    /**
     * Write one page for each command, such as {@code paddock-vm-list.1}.
     *
     * @param date the date that the pages show, in ISO 8601
     */
    static void write(CommandSpec command, String date, Path folder) throws IOException {
        var pages = Files.createTempDirectory("paddock-manuals-");
        var exit = ManPageGenerator.generateManPage(pages.toFile(), null, new boolean[0], true, command);
        if (exit != 0) {
            throw new IOException("picocli's generator of manuals ended with " + exit);
        }
        var attributes = Attributes.builder()
                .attribute("docdate", date.substring(0, 10))
                .attribute("docdatetime", date)
                .attribute("reproducible", "")
                .build();
        try (var asciidoctor = Asciidoctor.Factory.create();
                var files = Files.newDirectoryStream(pages, "*.adoc")) {
            for (var page : files) {
                asciidoctor.convertFile(
                        page.toFile(),
                        Options.builder()
                                .backend("manpage")
                                .safe(SafeMode.UNSAFE)
                                .toDir(folder.toFile())
                                .attributes(attributes)
                                .build());
                Files.delete(page);
            }
        }
        Files.delete(pages);
    }
}
