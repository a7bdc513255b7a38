package dev.paddock.nwfilter;

import dev.paddock.api.rule.Canon;
import dev.paddock.api.schema.ScalarType;

/**
 * How values of an attribute are written: what a playbook may say, and which spellings mean the same.
 *
 * @param canon brings what libvirt accepts and what it writes instead into one form
 */
record Notation(ScalarType type, Canon canon) {
    /** Return the notation with variables beside its values. */
    Notation orVariable() {
        return new Notation(Variable.or(type), Variable.or(canon));
    }
}
