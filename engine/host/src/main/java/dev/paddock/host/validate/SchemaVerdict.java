package dev.paddock.host.validate;

import java.util.List;

/** What a schema says of a document. */
public sealed interface SchemaVerdict {
    /** The document was checked; each problem is a sentence that starts with its path or line; none when it is valid. */
    record Checked(List<String> problems) implements SchemaVerdict {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /** It could not be checked here; the reason is a sentence. */
    record NotChecked(String why) implements SchemaVerdict {}
}
