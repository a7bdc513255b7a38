package dev.paddock.vm.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmNormalizersTest {
    @Test
    void aMachineIsWhatItsAliasWasWhenTheGuestWasDefined() {
        assertThat(VmNormalizers.MACHINE.holds("q35", "pc-q35-6.2")).isTrue();
        assertThat(VmNormalizers.MACHINE.holds("pc", "pc-i440fx-7.2")).isTrue();
        assertThat(VmNormalizers.MACHINE.holds("pc", "pc-q35-7.2")).isFalse();
        assertThat(VmNormalizers.MACHINE.holds("pc-q35-7.2", "pc-q35-6.2")).isFalse();
    }

    @Test
    void setsAreRangesInRisingOrder() {
        assertThat(VmNormalizers.BITMAP_SET.apply("7,0-5,^4")).isEqualTo("0-3,5,7");
        assertThat(VmNormalizers.BITMAP_SET.apply("all")).isEqualTo("all");
    }

    @Test
    void amountsAreRoundedUp() {
        assertThat(VmNormalizers.scaled("1", "GiB", "KiB", 1024)).contains("1048576");
        assertThat(VmNormalizers.scaled("1025", "", "B", 1024)).contains("2");
        assertThat(VmNormalizers.scaled("1", "parsec", "B", 1)).isEmpty();
    }
}
