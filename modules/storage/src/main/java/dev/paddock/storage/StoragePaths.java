package dev.paddock.storage;

/** Paths in the form that libvirt keeps. */
final class StoragePaths {
    private StoragePaths() {}

    /**
     * Return the path without redundant slashes, as virFileSanitizePath in libvirt's src/util/virfile.c does. Two
     * slashes at the start stay, as they have a meaning in POSIX; so do those of a URI.
     */
    static String clean(String path) {
        var scheme = path.indexOf("://");
        if (scheme >= 0 && path.indexOf('/') > scheme) {
            return path;
        }
        var start = path.startsWith("//") && !path.startsWith("///") ? "//" : "";
        var clean = new StringBuilder(start);
        for (var i = start.length(); i < path.length(); i++) {
            var isLastOfSlashes = path.charAt(i) == '/' && (i + 1 == path.length() || path.charAt(i + 1) != '/');
            var isTrailing = i + 1 == path.length() && !clean.isEmpty();
            if (path.charAt(i) != '/' || (isLastOfSlashes && !isTrailing)) {
                clean.append(path.charAt(i));
            }
        }
        return clean.toString();
    }
}
