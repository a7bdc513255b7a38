package dev.paddock.core.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LazyLoadingTest {
    /** Binds a playbook; made by a class loader that has no Freemarker. */
    public static final class Run implements UnaryOperator<String> {
        @Override
        public String apply(String playbook) {
            var bound = new Binder(TestKind.ALL, TestKind.TEMPLATES).bind(BindRequest.of(Path.of(playbook)));
            return bound.resources().size() + " " + bound.diagnostics();
        }
    }

    @Test
    @SuppressWarnings("unchecked") // The class comes from another loader, its interface does not.
    void rawXmlNeedsNoFreemarker(@TempDir Path folder) throws Exception {
        var playbook = folder.resolve("play.yaml");
        Files.writeString(
                playbook, "- vars: {a: 1}\n  boxes:\n    - {name: b, xml: <box/>}\n    - {name: c, xml: c.xml}\n");
        Files.writeString(folder.resolve("c.xml"), "<box/>");

        try (var loader = new URLClassLoader(withoutFreemarker(), ClassLoader.getPlatformClassLoader())) {
            var run = (UnaryOperator<String>)
                    loader.loadClass(Run.class.getName()).getConstructor().newInstance();

            assertThat(run.apply(playbook.toString())).isEqualTo("2 []");
        }
    }

    private static URL[] withoutFreemarker() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("freemarker")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
