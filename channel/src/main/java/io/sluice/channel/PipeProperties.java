package io.sluice.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pipes: FIFOs of processors that run by themselves or, with a command, the standard streams of
 * processors that the edge starts.
 *
 * @param directory where each processor has its FIFOs; {@code ${sluice.data}/run} by default
 * @param command starts a processor as a child of the edge; a single entry is a shell's command
 *     line; none for FIFOs
 * @param processes how many children, 1 to 64
 * @param store where children run; {@code ${sluice.data}/store} by default
 * @param format what children read and write
 * @param slots jobs that one child has at once, in JSON lines only: 1 to 4096
 * @param stopTimeout for each step of ending a child, and for its answer to a cancelled job
 */
public record PipeProperties(
        @DefaultValue("var/run") Path directory,
        @DefaultValue List<String> command,
        @DefaultValue("1") int processes,
        @DefaultValue("var/store") Path store,
        @DefaultValue("frames") Format format,
        @DefaultValue("1") int slots,
        @DefaultValue("5s") Duration stopTimeout) {

    private static final Duration MAX_STOP_TIMEOUT = Duration.ofMinutes(1);

    public PipeProperties {
        command = List.copyOf(command);
        check("processes", processes, 64);
        check("slots", slots, 4096);
        if (!stopTimeout.isPositive() || stopTimeout.compareTo(MAX_STOP_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "sluice.channel.pipe.stop-timeout = %s: must be above 0, up to 1m"
                            .formatted(stopTimeout));
        }
        if (format == Format.JSON_LINES && command.isEmpty()) {
            throw new IllegalArgumentException(
                    "sluice.channel.pipe.format = json-lines: needs sluice.channel.pipe.command");
        }
    }

    private static void check(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "sluice.channel.pipe.%s = %d: must be 1 to %d".formatted(key, value, max));
        }
    }

    /** How messages stand in a child's standard streams. */
    public enum Format {
        /** As on any transport. */
        FRAMES,
        /** One job a line, one answer a line. */
        JSON_LINES;

        /** As it is spelled in settings: {@code json-lines}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether the edge starts the processors. */
    public boolean startsChildren() {
        return !command.isEmpty();
    }
}
