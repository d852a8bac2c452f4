package io.sluice.processor.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.JobOutcome;
import io.sluice.processor.LeaseOver;
import io.sluice.processor.original.RefusedOriginal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureOutcomeTest {
    @Test
    void isFinalOnlyForAnOriginalThatWillNeverDo() {
        assertThat(of(new RefusedOriginal("original is damaged: 1 byte")))
                .isEqualTo(new JobOutcome.Failed("original is damaged: 1 byte", false));
        assertThat(of(new LeaseOver("the deadline passed")))
                .isEqualTo(new JobOutcome.Failed("scan: the deadline passed", true));
    }

    @Test
    void namesTheFileAndWhatIsWrongWithIt() {
        assertThat(of(new NoSuchFileException("store/ab")).reason())
                .isEqualTo("scan: not there: store/ab");
        assertThat(of(new AccessDeniedException("store/ab")).reason())
                .isEqualTo("scan: store/ab: AccessDeniedException");
        assertThat(of(new FileSystemException("cache/x", null, "No space left")).reason())
                .isEqualTo("scan: cache/x: No space left");
    }

    @Test
    void namesTheKindOfWhatNobodyExpected() {
        assertThat(of(new IOException("Input/output error")))
                .isEqualTo(new JobOutcome.Failed("scan: IOException: Input/output error", true));
        assertThat(of(new StackOverflowError()))
                .isEqualTo(
                        new JobOutcome.Failed("scan: StackOverflowError: no reason given", true));
        assertThat(FailureOutcome.of(new IllegalStateException("a bug")))
                .isEqualTo(new JobOutcome.Failed("processor: IllegalStateException: a bug", true));
    }

    private static JobOutcome.Failed of(Throwable thrown) {
        return FailureOutcome.of(new StepFailed("scan", thrown));
    }
}
