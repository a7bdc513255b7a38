package dev.paddock.core.diff;

import dev.paddock.api.xml.XmlName;

/** An XPath step. */
interface PathStep {
    /** Return the step for people. */
    String shown();

    /** Return the step that leads to the same thing however many others there are, now or later. */
    String lasting();

    /** Return a step that is the same in both ways. */
    static PathStep of(String text) {
        return new Plain(text);
    }

    static PathStep attribute(XmlName name) {
        return new Attribute(name);
    }

    record Plain(String text) implements PathStep {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public String lasting() {
            return text;
        }
    }

    record Attribute(XmlName name) implements PathStep {
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
