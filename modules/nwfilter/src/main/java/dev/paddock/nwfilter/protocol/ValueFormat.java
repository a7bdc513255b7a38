package dev.paddock.nwfilter.protocol;

import dev.paddock.api.rule.Normalizer;
import dev.paddock.api.schema.ScalarType;

/**
 * The notation of an attribute: which values a playbook may use, and which spellings mean the same.
 *
 * @param canon brings the spellings that libvirt accepts and writes into canonical form
 */
public record ValueFormat(ScalarType type, Normalizer canon) {
    /** Return the notation that also allows variables. */
    ValueFormat orVariable() {
        return new ValueFormat(Variable.or(type), Variable.or(canon));
    }
}
