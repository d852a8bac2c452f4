package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class UploadIdTest {
    private static final UploadId ID = UploadId.parse("01a20086-7703-73dd-9445-3e238666ab07");

    @Test
    void readsWhatItWrites() {
        assertThat(UploadId.parse(ID.toString())).isEqualTo(ID);
    }

    @Test
    void spreadsTheStoreByItsRandomEnd() {
        assertThat(ID.storePath()).isEqualTo("07/ab/01a20086-7703-73dd-9445-3e238666ab07");
    }

    @Test
    void sortsByTime() {
        UploadId early = UploadId.next(InstantSource.fixed(Instant.ofEpochMilli(1_000)));
        UploadId late = UploadId.next(InstantSource.fixed(Instant.ofEpochMilli(2_000)));
        assertThat(early).isLessThan(late);
        assertThat(JobId.next(InstantSource.fixed(Instant.ofEpochMilli(1_000))))
                .isLessThan(JobId.next(InstantSource.fixed(Instant.ofEpochMilli(2_000))));
    }
}
