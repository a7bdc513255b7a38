package dev.paddock.api.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageSpecTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @Test
    void aDownloadIsKnownByTheChecksumOfItsFile() {
        var spec = new ImageSpec(
                "debian-12", new ImageSource.Download(URI.create("https://example.org/d.qcow2"), SHA256), "qcow2");
        assertThat(spec.digest()).isEqualTo(SHA256);
        assertThat(spec.objectName()).isEqualTo("debian-12-0123456789ab");
        assertThat(spec.files())
                .containsExactly(new ImageFile(ImageFileRole.DISK, "debian-12-0123456789ab.qcow2", "qcow2"));
        assertThat(spec.cmdline()).isEmpty();
    }

    @Test
    void anotherRevisionIsAnotherImage() {
        assertThat(tiny(1).objectName()).isNotEqualTo(tiny(2).objectName());
        assertThat(tiny(1)).isEqualTo(tiny(1));
    }

    @Test
    void aTinyImageIsBootedDirectly() {
        assertThat(tiny(1).files())
                .extracting(ImageFile::role)
                .containsExactly(ImageFileRole.KERNEL, ImageFileRole.INITRD);
        assertThat(tiny(1).cmdline()).isPresent();
        assertThat(ImageStore.path(tiny(1).files().getFirst()))
                .isEqualTo(ImageStore.FOLDER + "/" + tiny(1).objectName() + ".vmlinuz");
    }

    @Test
    void aSeedIsKnownByItsTextsAndTellsNone() {
        var one = seed(Map.of("user-data", "a", "meta-data", "b"));
        assertThat(one.digest())
                .isEqualTo(seed(Map.of("meta-data", "b", "user-data", "a")).digest());
        assertThat(one.digest())
                .isNotEqualTo(seed(Map.of("user-data", "ab", "meta-data", "")).digest());
        assertThat(seed(Map.of("user-data", "hunter2"))).asString().doesNotContain("hunter2");
    }

    @Test
    void whatCouldNotBeTheNameOfAFileIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageSpec("../x", new ImageSource.Build("tiny", 1), "raw"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageSource.Build("huge", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageSource.Download(URI.create("https://example.org/d"), "abc"));
    }

    private static ImageSpec tiny(int revision) {
        return new ImageSpec("tiny", new ImageSource.Build("tiny", revision), "raw");
    }

    private static ImageSpec seed(Map<String, String> files) {
        return new ImageSpec("dev", new ImageSource.Seed(files), "raw");
    }
}
