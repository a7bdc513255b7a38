package dev.paddock.host.validate;

import java.util.List;

/** The result of checking a document against a schema. */
public sealed interface SchemaVerdict {
    /** The document was checked. Each problem is a sentence that starts with its path or line; empty if valid. */
    record Checked(List<String> problems) implements SchemaVerdict {
        public Checked {
            problems = List.copyOf(problems);
        }
    }

    /** It could not be checked here; the reason is a sentence. */
    record NotChecked(String why) implements SchemaVerdict {}
}
