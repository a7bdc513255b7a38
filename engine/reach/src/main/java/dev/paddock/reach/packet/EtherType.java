package dev.paddock.reach.packet;

/** EtherTypes: the numbers that say what a frame contains. */
public final class EtherType {
    public static final int IPV4 = 0x800;
    public static final int ARP = 0x806;
    public static final int RARP = 0x8035;
    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86dd;

    private EtherType() {}
}
