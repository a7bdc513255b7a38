package dev.paddock.host.machine;

import dev.paddock.host.packages.MissingPackages;
import dev.paddock.host.packages.PackagePurpose;

/** Checks whether packages for a purpose are missing. */
public final class PackageChecks {
    private PackageChecks() {}

    public static CheckResult of(PackagePurpose purpose) {
        var check = "packages " + purpose.phrase();
        var missing = MissingPackages.missing(purpose);
        return missing.isEmpty()
                ? CheckResult.ok(check, "all there")
                : CheckResult.of(
                        check, "%d missing".formatted(missing.size()), MissingPackages.explain(purpose, missing));
    }
}
