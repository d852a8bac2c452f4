package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void haveDefaults() {
        Options options = Options.of("upload");
        assertThat(options.names()).containsExactly("upload");
        assertThat(options.rounds()).isEqualTo(Options.ROUNDS);
        assertThat(options.seconds()).isEqualTo(Options.SECONDS);
    }

    @Test
    void areRepeatedByTheCommand() {
        assertThat(Options.of("upload", "--rounds", "7").command("upload"))
                .isEqualTo("./sluice bench upload --rounds 7");
        assertThat(Options.of("--rounds", "7").command("startup"))
                .isEqualTo("./sluice bench startup --rounds 7");
    }

    @Test
    void nameTheContenders() {
        assertThat(Options.of("channel").only()).isEmpty();
        assertThat(Options.of("channel", "--only", "unix,rsocket").only())
                .containsExactly("unix", "rsocket");
        assertThatThrownBy(() -> Options.of("channel", "--only")).hasMessageContaining("--only");
    }

    @Test
    void refuseWhatIsNoNumber() {
        assertThatThrownBy(() -> Options.of("upload", "--rounds", "many"))
                .hasMessageContaining("--rounds many");
        assertThatThrownBy(() -> Options.of("--seconds")).hasMessageContaining("--seconds");
    }
}
