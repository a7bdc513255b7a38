package dev.paddock.host.image;

import dev.paddock.api.diagnostic.Code;
import dev.paddock.api.diagnostic.Diagnostic;

/** An image that could not be made, with a diagnostic. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public ImageException(Diagnostic diagnostic) {
        super(diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    static ImageException notBuilt(String detail, String fix) {
        return new ImageException(Diagnostic.error(Code.IMAGE_NOT_BUILT, detail, fix));
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
