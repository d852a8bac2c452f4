package io.sluice.channel.pipe;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what a child says on its standard error into the log, line by line. */
final class StandardError {
    private static final Logger log = LoggerFactory.getLogger(StandardError.class);

    /** What is longer is cut. */
    static final int MAX_CHARS = 1_000;

    private StandardError() {}

    /** Reads to the end of the stream. */
    static void pump(Child child) {
        try (Reader reader =
                new InputStreamReader(child.process().getErrorStream(), StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int read = reader.read(); read >= 0; read = reader.read()) {
                if (read == '\n') {
                    tell(child, line);
                } else if (line.length() < MAX_CHARS) {
                    // No line of the log can be forged, nor a terminal be controlled.
                    line.append(Character.isISOControl(read) ? ' ' : (char) read);
                }
            }
            tell(child, line);
        } catch (IOException e) {
            log.debug("the standard error of {} was closed", child.name(), e);
        }
    }

    private static void tell(Child child, StringBuilder line) {
        if (!line.isEmpty()) {
            log.atWarn().addKeyValue("processor", child.name()).log("stderr: {}", line);
            line.setLength(0);
        }
    }
}
