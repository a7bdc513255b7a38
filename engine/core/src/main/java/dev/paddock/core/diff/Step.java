package dev.paddock.core.diff;

import dev.paddock.api.xml.Name;

/** An XPath step. */
interface Step {
    /** Return the step for people. */
    String shown();

    /** Return the step that leads to the same thing however many others there are, now or later. */
    String lasting();

    /** Return a step that is the same in both ways. */
    static Step of(String text) {
        return new Plain(text);
    }

    static Step attribute(Name name) {
        return new Attribute(name);
    }

    record Plain(String text) implements Step {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public String lasting() {
            return text;
        }
    }

    record Attribute(Name name) implements Step {
        @Override
        public String shown() {
            return "@" + name;
        }

        @Override
        public String lasting() {
            return shown();
        }
    }
}
