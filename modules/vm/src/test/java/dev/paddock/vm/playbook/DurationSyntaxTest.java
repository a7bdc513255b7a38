package dev.paddock.vm.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.schema.ScalarType.Reading;
import dev.paddock.api.value.DurationText;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSyntaxTest {
    @ParameterizedTest
    @CsvSource({"30s, 30", "30m, 1800", "4h, 14400", "2d, 172800", "90 s, 90"})
    void wordsAreSecondsInDocuments(String words, String seconds) {
        assertThat(read(words)).isEqualTo(new Reading.Good(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "0s", "-5m", "1w", "1h30m", "1.5h", "1234567s"})
    void allElseIsNone(String words) {
        assertThat(read(words)).isInstanceOf(Reading.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s", "90s", "30m", "90m", "4h", "36h", "2d"})
    void theLargestUnitThatIsWholeIsWritten(String words) {
        assertThat(read(words)).isInstanceOfSatisfying(Reading.Good.class, good -> assertThat(
                        DurationText.of(Duration.ofSeconds(Long.parseLong(good.text()))))
                .isEqualTo(words));
    }

    private static Reading read(String words) {
        return DurationSyntax.type("30m").read().apply(words);
    }
}
