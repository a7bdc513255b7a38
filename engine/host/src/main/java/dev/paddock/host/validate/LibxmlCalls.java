package dev.paddock.host.validate;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The calls of libxml2 for validation. */
final class LibxmlCalls {
    /** XML_PARSE_NONET: do not fetch entities and includes. */
    static final int NO_NETWORK = 1 << 11;

    /** XML_PARSE_NOERROR and XML_PARSE_NOWARNING: nothing on stderr. */
    static final int SILENT = 1 << 5 | 1 << 6;

    private LibxmlCalls() {}

    static {
        Libxml.bind(LibxmlCalls.class);
    }

    /** xmlStructuredErrorFunc. The caller must keep a reference until the check is over. */
    interface StructuredError extends Callback {
        void report(@Nullable Pointer data, Pointer error);
    }

    static native void xmlInitParser();

    static native @Nullable Pointer xmlRelaxNGNewParserCtxt(String file);

    static native void xmlRelaxNGSetParserStructuredErrors(
            Pointer context, StructuredError errors, @Nullable Pointer data);

    static native @Nullable Pointer xmlRelaxNGParse(Pointer context);

    static native void xmlRelaxNGFreeParserCtxt(Pointer context);

    static native Pointer xmlRelaxNGNewValidCtxt(Pointer schema);

    static native void xmlRelaxNGSetValidStructuredErrors(
            Pointer context, StructuredError errors, @Nullable Pointer data);

    static native int xmlRelaxNGValidateDoc(Pointer context, Pointer document);

    static native void xmlRelaxNGFreeValidCtxt(Pointer context);

    static native Pointer xmlNewParserCtxt();

    static native @Nullable Pointer xmlCtxtReadMemory(
            Pointer parser, byte[] bytes, int size, @Nullable String url, String encoding, int options);

    static native @Nullable Pointer xmlCtxtGetLastError(Pointer parser);

    static native void xmlFreeParserCtxt(Pointer parser);

    static native void xmlFreeDoc(Pointer document);
}
