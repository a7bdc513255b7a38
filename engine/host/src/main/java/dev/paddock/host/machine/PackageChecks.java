package dev.paddock.host.machine;

import dev.paddock.host.packages.Packages;
import dev.paddock.host.packages.Purpose;

/** Whether packages are missing for a purpose. */
public final class PackageChecks {
    private PackageChecks() {}

    public static Finding of(Purpose purpose) {
        var check = "packages " + purpose.phrase();
        var missing = Packages.missing(purpose);
        return missing.isEmpty()
                ? Finding.ok(check, "all there")
                : Finding.of(check, "%d missing".formatted(missing.size()), Packages.explain(purpose, missing));
    }
}
