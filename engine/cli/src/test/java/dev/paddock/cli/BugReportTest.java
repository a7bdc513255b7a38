package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BugReportTest {
    @TempDir
    Path folder;

    @Test
    void itTellsWhereAndNotWhat() {
        var text = BugReport.text(new IllegalStateException("hunter2", new ArithmeticException("hunter3")));

        assertThat(text)
                .contains("java.lang.IllegalStateException", "caused by java.lang.ArithmeticException", "BugReportTest")
                .doesNotContain("hunter");
    }

    @Test
    void itIsForItsOwnerAlone() throws Exception {
        var file = BugReport.write(new IllegalStateException(), folder.resolve("paddock"))
                .orElseThrow();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoSecondFailure() throws Exception {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(BugReport.write(new IllegalStateException(), file)).isEmpty();
    }
}
