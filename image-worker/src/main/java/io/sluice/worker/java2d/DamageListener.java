package io.sluice.worker.java2d;

import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears when a decoder makes pixels up: the JPEG reader paints the missing end of a file grey and
 * only warns.
 */
final class DamageListener implements IIOReadWarningListener {
    private @Nullable String warning;

    @Override
    public void warningOccurred(ImageReader source, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("corrupt") || lower.contains("truncated") || lower.contains("end of")) {
            warning = text;
        }
    }

    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }
}
