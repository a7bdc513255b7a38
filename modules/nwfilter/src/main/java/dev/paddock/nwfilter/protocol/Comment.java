package dev.paddock.nwfilter.protocol;

import dev.paddock.api.schema.ScalarType;
import dev.paddock.api.schema.ScalarType.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The comment of a rule, which libvirt writes into the host's firewall. */
public final class Comment {
    /** The bytes that libvirt keeps (MAX_COMMENT_LENGTH); it cuts off the rest silently. */
    private static final int LONGEST = 256;

    static final ValueFormat NOTATION = new ValueFormat(
                    new ScalarType("a comment", Map.of("type", "string", "maxLength", LONGEST), Comment::read),
                    Comment::kept)
            .orVariable();

    private Comment() {}

    public static boolean isTooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    private static Reading read(String text) {
        return isTooLong(text)
                ? new Reading.Bad("The comment is longer than " + LONGEST + " bytes, and libvirt would cut it off.")
                : new Reading.Good(text);
    }

    /** libvirt writes line breaks and tabs unescaped, so the next reader of the document sees spaces. */
    private static String kept(String text) {
        var cut = isTooLong(text)
                ? new String(text.getBytes(StandardCharsets.UTF_8), 0, LONGEST, StandardCharsets.UTF_8)
                : text;
        return cut.replace("\r\n", " ").replaceAll("[\r\n\t]", " ");
    }
}
