package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.diagnostic.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Qcow2Test {
    @TempDir
    Path folder;

    @Test
    void aDiskIsWhatItIsSaidToBe() throws IOException {
        assertThatCode(() -> Qcow2.check("a", "qcow2", header(0, 0))).doesNotThrowAnyException();
        assertThatCode(() -> Qcow2.check("a", "raw", Files.write(folder.resolve("raw"), new byte[8])))
                .doesNotThrowAnyException();
        assertThat(refusal("raw", header(0, 0))).contains("is said to be raw, and is qcow2");
        assertThat(refusal("qcow2", Files.write(folder.resolve("empty"), new byte[0])))
                .contains("something else");
    }

    @Test
    void aDiskThatNamesFilesOfTheHostIsRefused() throws IOException {
        assertThat(refusal("qcow2", header(512, 0))).contains("names another file");
        assertThat(refusal("qcow2", header(0, 4))).contains("names another file");
    }

    private String refusal(String format, Path disk) {
        var why = catchThrowableOfType(ImageException.class, () -> Qcow2.check("a", format, disk));
        assertThat(why.diagnostic().code()).isEqualTo(Code.IMAGE_UNFIT);
        return why.diagnostic().detail();
    }

    private Path header(long backing, long features) throws IOException {
        var header = ByteBuffer.allocate(104)
                .putInt(0, 0x514649fb)
                .putInt(4, 3)
                .putLong(8, backing)
                .putLong(72, features);
        return Files.write(folder.resolve("disk-" + backing + "-" + features), header.array());
    }
}
