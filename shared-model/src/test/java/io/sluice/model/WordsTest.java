package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @EnumSource
    void anUploadStateReadsItsOwnWord(UploadState state) {
        assertThat(UploadState.ofWord(state.word())).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource
    void aVerdictReadsItsOwnWord(Verdict verdict) {
        assertThat(Verdict.ofWord(verdict.word())).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource
    void aFormatReadsItsOwnWordAndMediaType(ImageFormat format) {
        assertThat(ImageFormat.ofWord(format.word())).isEqualTo(format);
        assertThat(ImageFormat.ofContentType(format.contentType())).contains(format);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> UploadState.ofWord("lost"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Verdict.ofWord("probably clean"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ImageFormat.ofContentType("image/svg+xml")).isEmpty();
        assertThatThrownBy(() -> ImageFormat.ofWord("svg"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RenditionSpec.Mode.ofWord("stretch"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anUploadIsOnItsWayInThreeStates() {
        EnumSet<UploadState> underWay = EnumSet.allOf(UploadState.class);
        underWay.removeIf(UploadState::isEnd);
        assertThat(underWay)
                .containsExactly(UploadState.RECEIVING, UploadState.STORED, UploadState.PROCESSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "AB", "../", "zz"})
    void aDigestIs64LowerCaseHexDigits(String part) {
        assertThatThrownBy(() -> new Sha256(part.repeat(part.equals("ab") ? 31 : 32)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDigestKeepsItsBytes() {
        Sha256 digest = new Sha256("0f".repeat(32));
        assertThat(Sha256.of(digest.bytes())).isEqualTo(digest);
    }
}
