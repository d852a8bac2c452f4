package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OFFERED = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void namesItsTrace() {
        assertThat(new TraceParent(OFFERED).traceId()).isEqualTo(TRACE);
    }

    @Test
    void continuesACallersTraceAsAStepOfItsOwn() {
        TraceParent continued = TraceParent.continued(OFFERED);
        assertThat(continued.traceId()).isEqualTo(TRACE);
        assertThat(continued.text()).endsWith("-01").isNotEqualTo(OFFERED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-00f067aa0ba902b7",
                "01-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7-01\n"
            })
    void beginsANewTraceWhereTheCallerHasNone(String offered) {
        assertThat(TraceParent.isValid(TraceParent.continued(offered).text())).isTrue();
        assertThat(TraceParent.continued(offered).traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void isNoOtherText() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceParent("4bf92f35"));
    }
}
