package dev.paddock.host.image;

import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;
import dev.paddock.host.process.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The disc that cloud-init finds by its label (the data source NoCloud). The same texts yield the same bytes. */
public final class SeedIso {
    private static final String FILE = "[a-z][a-z-]{0,30}";

    /** The time of everything that has one, and the basis of serial numbers derived from times. */
    private static final Instant TIME = Instant.parse("2020-01-01T00:00:00Z");

    private SeedIso() {}

    /**
     * Make a disc from files. They may contain secrets, so only this user can read them meanwhile.
     *
     * @param files the texts by name
     * @param folder the working folder; no file is left in it
     * @param disc the file to create
     */
    public static void make(Map<String, String> files, Path folder, Path disc) throws ImageException, IOException {
        var missing = MissingPackages.missing(PackagePurpose.SEED);
        if (!missing.isEmpty()) {
            throw new ImageException(MissingPackages.explain(PackagePurpose.SEED, missing));
        }
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var content = Files.createTempDirectory(folder, "seed-", owner);
        try {
            for (var file : files.entrySet()) {
                if (!file.getKey().matches(FILE)) {
                    throw new IllegalArgumentException("[" + file.getKey() + "] is no file of a seed.");
                }
                var path = content.resolve(file.getKey());
                Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
                Files.setLastModifiedTime(path, FileTime.from(TIME));
            }
            Files.setLastModifiedTime(content, FileTime.from(TIME));
            var command = List.of(
                    "xorrisofs",
                    "-quiet",
                    "-volid",
                    "cidata",
                    "-joliet",
                    "-rational-rock",
                    "-o",
                    disc.toString(),
                    content.toString());
            var outcome = new Program(
                            command,
                            Map.of("SOURCE_DATE_EPOCH", Long.toString(TIME.getEpochSecond()), "LC_ALL", "C.UTF-8"),
                            java.time.Duration.ofMinutes(1))
                    .run();
            if (!outcome.isSuccess()) {
                throw ImageException.notBuilt(
                        "The disc for the first boot could not be made: " + outcome.explanation(),
                        "Fix the problem above, and apply again.");
            }
        } finally {
            CacheFolders.delete(content);
        }
    }
}
