package dev.paddock.host.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.diagnostic.Code;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    @TempDir
    Path folder;

    @Test
    void whatIsThereIsNotMadeAgain() throws Exception {
        var cache = new ImageCache(folder.resolve("images"));
        var made = new AtomicInteger();
        Callable<Path> keeping = () -> cache.keep("abc", unfinished -> {
            made.incrementAndGet();
            Files.writeString(unfinished.resolve("disk"), "whole");
        });
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var kept : threads.invokeAll(Collections.nCopies(8, keeping))) {
                assertThat(kept.get()).isDirectory();
            }
        }
        assertThat(made).hasValue(1);
        assertThat(cache.keep("abc", unfinished -> {}).resolve("disk")).hasContent("whole");
    }

    @Test
    void whatFailedIsNotThereAndIsGoneOnWith() throws Exception {
        var cache = new ImageCache(folder);
        assertThatThrownBy(() -> cache.keep("abc", unfinished -> {
                    Files.writeString(unfinished.resolve("half"), "half");
                    throw ImageException.notBuilt("No.", "Mend it.");
                }))
                .isInstanceOf(ImageException.class);
        assertThat(folder.resolve("abc")).doesNotExist();
        cache.keep("abc", unfinished -> assertThat(unfinished.resolve("half")).exists());
    }

    @Test
    void aFullDiskIsToldWithTheFolder() {
        var why = catchThrowableOfType(ImageException.class, () -> new ImageCache(folder).keep("abc", unfinished -> {
            throw new FileSystemException(unfinished.toString(), null, "No space left on device");
        }));
        assertThat(why.diagnostic().code()).isEqualTo(Code.IMAGE_NOT_KEPT);
        assertThat(why.diagnostic().detail()).contains(folder.toString(), "No space left on device");
        assertThat(why.diagnostic().fix()).get().asString().contains("XDG_CACHE_HOME");
    }
}
