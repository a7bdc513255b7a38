package dev.paddock.storage;

/** Paths, as libvirt keeps them. */
final class StoragePaths {
    private StoragePaths() {}

    /**
     * Return the path without slashes that say nothing: virFileSanitizePath of libvirt's src/util/virfile.c. Two at the
     * start mean something to POSIX, and stay; so do those of a URI.
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
