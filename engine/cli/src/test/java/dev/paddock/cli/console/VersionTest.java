package dev.paddock.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void itIsThatOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + Version.NUMBER + "</version>");
    }
}
