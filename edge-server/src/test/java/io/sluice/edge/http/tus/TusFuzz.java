package io.sluice.edge.http.tus;

import io.sluice.edge.http.problem.Refusal;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the fuzzer calls with bytes of its own making. Fields of tus are understood or refused with
 * a reason; what is understood fits where it goes.
 */
public final class TusFuzz {
    private static final String[] FIELDS = {
        Tus.METADATA, Tus.CONCAT, Tus.LENGTH, Tus.DEFER_LENGTH, Tus.CHECKSUM, Tus.OFFSET
    };

    private TusFuzz() {}

    /**
     * One header.
     *
     * @param data the fields' values, one a line; an empty line leaves the field out
     */
    public static void fuzzerTestOneInput(byte[] data) {
        HttpHeaders headers = new HttpHeaders();
        String[] lines = new String(data, StandardCharsets.ISO_8859_1).split("\n", FIELDS.length);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                headers.add(FIELDS[i], lines[i]);
            }
        }
        try {
            TusCreation creation = TusCreation.of(headers);
            TusMetadata metadata = creation.metadata();
            String name = metadata.filename();
            if (name != null && (name.isEmpty() || name.length() > 255 || name.contains("/"))) {
                throw new AssertionError("a name that is none: " + name);
            }
            metadata.filetype();
            metadata.profile();
            JsonMapper.shared().readTree(metadata.json());
            TusCreation.chunk(headers, TusFields.offset(headers), creation.length());
        } catch (Refusal e) {
            if (e.detail().isEmpty() || e.problem().status() >= 500) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
