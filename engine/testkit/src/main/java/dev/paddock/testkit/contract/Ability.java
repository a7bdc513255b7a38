package dev.paddock.testkit.contract;

/** What a host can do that not every host can. */
public enum Ability {
    /** It has network filters. */
    NWFILTERS,
    /** It has a network driver, which chooses bridges and addresses, and keeps an eye on conflicts of bridges. */
    NETWORK_DRIVER,
    /** It tells what runs from what is defined. */
    LIVE_DOCUMENT,
    /** It can undefine a network that is active, which then is transient. */
    TRANSIENT,
    /** It checks documents against libvirt's schemas. */
    VALIDATION
}
