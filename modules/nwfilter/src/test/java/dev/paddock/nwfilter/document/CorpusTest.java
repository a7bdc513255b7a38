package dev.paddock.nwfilter.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.xml.Element;
import dev.paddock.api.xml.XmlException;
import dev.paddock.api.xml.XmlReader;
import dev.paddock.nwfilter.FilterComparison;
import dev.paddock.nwfilter.NwfilterKind;
import dev.paddock.nwfilter.RenderedFilter;
import dev.paddock.nwfilter.SchemaCheckedFilter;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Filters that other projects test with, where they are at hand. */
class CorpusTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("paddock.corpus", "../../../shared/corpus"), "nwfilter");

    @TestFactory
    List<DynamicTest> whatIsDescribedIsTheSameFilterAgain() throws IOException {
        var tests = documents()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var document = read(file);
                    assertThat(FilterComparison.differences(document, describedAndRendered(document)))
                            .isEmpty();
                }));
        var all = tests.toList();
        assertThat(all).isNotEmpty();
        return all;
    }

    @TestFactory
    List<DynamicTest> theFormToCompareIsItsOwnFormToCompare() throws IOException {
        return documents()
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    var once = NormalForm.of(read(file));
                    assertThat(NormalForm.of(once)).isEqualTo(once);
                }))
                .toList();
    }

    private static Element describedAndRendered(Element document) throws TemplateException, XmlException {
        var kind = new NwfilterKind();
        var model = SchemaCheckedFilter.model(kind.describe(document));
        return RenderedFilter.filter(kind.documentName(document).orElseThrow(), model);
    }

    private static Element read(Path file) throws IOException, XmlException {
        return XmlReader.read(Files.readString(file));
    }

    private static Stream<Path> documents() throws IOException {
        assumeTrue(
                Files.isDirectory(FOLDER),
                () -> "There is no folder " + FOLDER + " of filters; name another with -Dpaddock.corpus=FOLDER.");
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList().stream();
        }
    }
}
