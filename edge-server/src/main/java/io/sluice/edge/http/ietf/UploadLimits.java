package io.sluice.edge.http.ietf;

import io.sluice.edge.identity.Identity;
import io.sluice.edge.upload.transfer.Transfer;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What Upload-Limit tells.
 *
 * @param maxSize of any upload, in bytes
 * @param expiresAfter how long an upload lives without a new byte
 */
public record UploadLimits(long maxSize, Duration expiresAfter, InstantSource clock) {

    /** Those of an upload that has not begun yet. */
    String ofNone(InteropVersion version) {
        return text(version, maxSize, expiresAfter);
    }

    /** Those of an upload, for who sends it. One that is complete lives on without a limit. */
    public String of(Transfer upload, Identity who, InteropVersion version) {
        long most = who.grant() == null ? maxSize : Math.min(maxSize, who.grant().maxSize());
        if (!upload.isReceiving() || upload.expires() == null) {
            return "max-size=" + most;
        }
        Duration left = Duration.between(clock.instant(), upload.expires());
        return text(version, most, left.isNegative() ? Duration.ZERO : left);
    }

    private static String text(InteropVersion version, long size, Duration age) {
        return "max-size=%d, %s=%d".formatted(size, version.ageKey(), age.toSeconds());
    }
}
