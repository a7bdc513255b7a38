package dev.paddock.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and subnets agree with the platform and with plain arithmetic, whatever is drawn. */
class AddressesTest {
    private static final int ROUNDS = 500;

    private final Random random = new Random(1);

    @Test
    void anAddressIsPrintedSoThatItIsReadBack_andAsThePlatformReadsIt() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var address = drawn(round % 2 == 0);

            assertThat(IpAddress.parse(address.toString())).contains(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(address.octets());
            assertThat(IpAddress.of(address.octets())).isEqualTo(address);
        }
    }

    @Test
    void aSubnetContainsWhatSharesItsPrefix() {
        for (var round = 0; round < ROUNDS; round++) {
            var one = drawn(round % 2 == 0);
            var other = near(one);
            var prefix = random.nextInt(one.width() + 1);
            var shift = one.width() - prefix;

            var subnet = new Subnet(one, prefix);

            assertThat(subnet.contains(other))
                    .as("%s in %s", other, subnet)
                    .isEqualTo(
                            number(one).shiftRight(shift).equals(number(other).shiftRight(shift)));
            assertThat(number(subnet.first()))
                    .isEqualTo(number(one).shiftRight(shift).shiftLeft(shift));
            assertThat(Subnet.parse(subnet.toString())).contains(subnet);
        }
    }

    @Test
    void addressesAreComparedAndCountedAsNumbers() {
        for (var round = 0; round < ROUNDS; round++) {
            var one = drawn(round % 2 == 0);
            var other = near(one);
            var modulus = BigInteger.ONE.shiftLeft(one.width());

            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(number(one).compareTo(number(other)));
            assertThat(number(one.plus(round)))
                    .isEqualTo(number(one).add(BigInteger.valueOf(round)).mod(modulus));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.1,24,192.168.1.1/24", "192.168.1.1,255.255.255.0,192.168.1.1/24", "10.0.0.1,0.0.0.0,10.0.0.1/0",
        "fd00::1,64,fd00::1/64", "fd00::1,ffff:ffff::,fd00::1/32", "10.0.0.1,08,10.0.0.1/8"
    })
    void aPrefixIsALengthOrANetmask(String address, String prefix, String subnet) {
        assertThat(Subnet.parse(address, prefix)).hasToString("Optional[" + subnet + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "-1", "255.0.255.0", "x", "", "99999999999999999999", "1.2.3"})
    void anythingElseIsNoPrefix(String prefix) {
        assertThat(Subnet.parse("192.168.1.1", prefix)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.0004", "a.b.c.d", "::g", ":::", "fe80::1%eth0"
            })
    void namesAndFragmentsAreNoAddresses(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void aMappedAddressStaysAnIpv6Address() {
        assertThat(IpAddress.of("::ffff:1.2.3.4")).hasToString("::ffff:102:304");
        assertThat(IpAddress.of("::ffff:1.2.3.4")).isNotEqualTo(IpAddress.of("1.2.3.4"));
    }

    @Test
    void aMacAddressHasOneForm() {
        for (var round = 0; round < ROUNDS; round++) {
            var address = new MacAddress(random.nextLong() >>> 16);

            assertThat(address.toString()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
            assertThat(MacAddress.parse(address.toString())).contains(address);
        }
        assertThat(MacAddress.of("1-2-3-A-B-C")).hasToString("01:02:03:0a:0b:0c");
        assertThat(MacAddress.parse("1:2:3:4:5")).isEmpty();
        assertThat(MacAddress.derived("a").toString()).startsWith("52:54:00:").isEqualTo("52:54:00:ca:97:81");
    }

    /** Zeros are frequent, as they are what the short form leaves out. */
    private IpAddress drawn(boolean isSix) {
        var octets = new byte[isSix ? 16 : 4];
        random.nextBytes(octets);
        for (var i = 0; i < octets.length; i++) {
            octets[i] = random.nextInt(3) == 0 ? octets[i] : 0;
        }
        return IpAddress.of(octets);
    }

    private IpAddress near(IpAddress address) {
        var octets = address.octets();
        octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
        return IpAddress.of(octets);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.octets());
    }
}
