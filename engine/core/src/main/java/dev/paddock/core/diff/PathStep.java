package dev.paddock.core.diff;

import dev.paddock.api.xml.XmlName;

/** An XPath step. */
interface PathStep {
    /** Return the step as it is shown to users. */
    String shown();

    /** Return the step that identifies the same element when others of its name come and go. */
    String stable();

    /** Return a step that is the same in both forms. */
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
        public String stable() {
            return text;
        }
    }

    record Attribute(XmlName name) implements PathStep {
        @Override
        public String shown() {
            return "@" + name;
        }

        @Override
        public String stable() {
            return shown();
        }
    }
}
