package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.schema.ScalarType;

/**
 * How values of an attribute are written: what a playbook may say, and which spellings mean the same.
 *
 * @param canon brings what libvirt accepts and what it writes instead into one form
 */
public record ValueFormat(ScalarType type, Normalizer canon) {
    /** Return the notation with variables beside its values. */
    ValueFormat orVariable() {
        return new ValueFormat(Variable.or(type), Variable.or(canon));
    }
}
