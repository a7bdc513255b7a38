package dev.paddock.api.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizersTest {
    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0::1, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "a:b:c::d:e:f, a:b:c::d:e:f",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:10.1.2.3, ::ffff:a01:203",
        "010.001.002.003, 10.1.2.3",
        "not an address, not an address",
        "1::2::3, 1::2::3",
        "300.1.1.1, 300.1.1.1"
    })
    void addressesThatAreEqualHaveOneForm(String text, String canonical) {
        assertThat(Normalizers.ADDRESS.apply(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.0, 24",
        "255.0.0.0, 8",
        "0.0.0.0, 0",
        "255.0.255.0, 255.0.255.0",
        "24, 24",
        "ffff:ffff::, 32"
    })
    void aNetmaskIsAPrefixWhereItIsContiguous(String text, String canonical) {
        assertThat(Normalizers.PREFIX.apply(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"053, 53", "0x35, 53", "0X0a, 10", "-1, -1", "x, x"})
    void numbersCompareByValue(String text, String canonical) {
        assertThat(Normalizers.INTEGER.apply(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:2:3:4:5:6", "01:02:03:04:05:06", "1-2-3-4-5-6"})
    void macAddressesArePadded(String text) {
        assertThat(Normalizers.MAC_ADDRESS.apply(text)).isEqualTo("01:02:03:04:05:06");
    }
}
