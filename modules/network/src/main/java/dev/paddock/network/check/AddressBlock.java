package dev.paddock.network.check;

import dev.paddock.api.net.IpAddress;
import dev.paddock.api.net.Subnet;
import java.util.Optional;

/** The first and the last address of a subnet, and all between. */
record AddressBlock(Subnet subnet, IpAddress first, IpAddress last) {
    /**
     * Return the subnet of an address.
     *
     * @param prefix its length in bits, or a netmask
     */
    static Optional<AddressBlock> of(String address, String prefix) {
        return Subnet.parse(address, prefix).map(subnet -> new AddressBlock(subnet, subnet.first(), last(subnet)));
    }

    private static IpAddress last(Subnet subnet) {
        var first = subnet.first();
        var hostBits = first.width() - subnet.prefix();
        return new IpAddress(
                first.isSix(), first.high() | ones(hostBits - 64), first.low() | ones(Math.min(hostBits, 64)));
    }

    /** Return a mask of the lowest bits. Java shifts by 64 as by 0. */
    private static long ones(int bits) {
        return bits <= 0 ? 0 : -1L >>> (64 - bits);
    }

    boolean isIpv6() {
        return first.isSix();
    }

    boolean holds(String address) {
        return IpAddress.parse(address).filter(subnet::contains).isPresent();
    }

    /** Return whether the address is the first of an IPv4 subnet with room for hosts, which stands for the subnet. */
    boolean isNetworkAddress(String address) {
        return hasReserved() && IpAddress.parse(address).filter(first::equals).isPresent();
    }

    /** Return whether the address is the last of an IPv4 subnet with room for hosts, which is its broadcast address. */
    boolean isBroadcastAddress(String address) {
        return hasReserved() && IpAddress.parse(address).filter(last::equals).isPresent();
    }

    /** RFC 3021: a subnet of two addresses, or of one, reserves none. */
    private boolean hasReserved() {
        return !isIpv6() && subnet.prefix() < first.width() - 1;
    }

    boolean overlaps(AddressBlock other) {
        return isIpv6() == other.isIpv6() && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }
}
