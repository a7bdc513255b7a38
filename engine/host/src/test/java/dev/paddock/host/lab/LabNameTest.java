package dev.paddock.host.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabNameTest {
    @Test
    void lettersDigitsAndDashesMakeAName() throws LabException {
        assertThat(LabName.parse("my-lab2").text()).isEqualTo("my-lab2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a/b", "..", "a b", "123456789012345678901234567890123"})
    void whatCannotBePartOfAPathIsNoName(String text) {
        assertThatThrownBy(() -> LabName.parse(text)).isInstanceOf(LabException.class);
    }
}
