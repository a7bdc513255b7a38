package dev.paddock.network.schema;

import dev.paddock.api.rule.Normalizers;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The addresses that share a prefix. */
public record NetworkSubnet(BigInteger first, BigInteger last, boolean isIpv6) {

    /**
     * Return the subnet of an address.
     *
     * @param prefix its length in bits, or a netmask
     */
    public static Optional<NetworkSubnet> of(String address, String prefix) {
        var length = Normalizers.PREFIX.apply(prefix);
        var isIpv6 = address.contains(":");
        var bits = isIpv6 ? 128 : 32;
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        var hosts = BigInteger.ONE.shiftLeft(bits - Integer.parseInt(length)).subtract(BigInteger.ONE);
        return number(address).map(number -> new NetworkSubnet(number.andNot(hosts), number.or(hosts), isIpv6));
    }

    public boolean holds(String address) {
        return address.contains(":") == isIpv6
                && number(address)
                        .filter(number -> number.compareTo(first) >= 0 && number.compareTo(last) <= 0)
                        .isPresent();
    }

    /** Return a literal address as a number; absent for anything else. Looks up no names. */
    static Optional<BigInteger> number(String address) {
        if (!Normalizers.isAddress(address)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigInteger(1, InetAddress.getByName(address).getAddress()));
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }
}
