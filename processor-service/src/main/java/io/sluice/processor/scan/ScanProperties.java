package io.sluice.processor.scan;

import io.sluice.model.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The scanners' settings, {@code sluice.scan.*}.
 *
 * @param hashes a directory with ClamAV's {@code .hdb} and {@code .hsb} files; without it the
 *     built-in scanner knows the EICAR test file only
 */
@ConfigurationProperties(prefix = "sluice.scan", ignoreUnknownFields = false)
record ScanProperties(@Nullable Path hashes, @DefaultValue Clamd clamd) {

    /**
     * How clamd is reached.
     *
     * @param address {@code auto}, {@code off}, {@code unix:/path} or {@code tcp://host:port}; auto
     *     uses clamd where Debian's package puts its socket, if it is there at start
     * @param timeout for connecting and for the wait for an answer: longer than clamd's own
     *     MaxScanTime, so that clamd gives up first
     * @param maxFileSize larger originals are unscannable without asking; clamd itself can't scan
     *     more than 2 GiB
     */
    record Clamd(
            @DefaultValue("auto") ClamdAddress address,
            @DefaultValue("130s") Duration timeout,
            @DefaultValue("100MB") ByteSize maxFileSize) {
        private static final ByteSize LARGEST = new ByteSize(Integer.MAX_VALUE);

        Clamd {
            if (!timeout.isPositive()) {
                throw new IllegalArgumentException(
                        "sluice.scan.clamd.timeout = %s: must be longer than 0".formatted(timeout));
            }
            if (maxFileSize.bytes() > LARGEST.bytes()) {
                throw new IllegalArgumentException(
                        "sluice.scan.clamd.max-file-size = %s: clamd can't scan 2 GiB or more, choose less"
                                .formatted(maxFileSize));
            }
        }
    }
}
