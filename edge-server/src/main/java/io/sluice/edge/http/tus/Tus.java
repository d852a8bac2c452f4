package io.sluice.edge.http.tus;

import io.sluice.edge.upload.transfer.ChecksumAlgorithm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names of tus 1.0.0, as its text spells them. */
public final class Tus {
    /** Where it is served. */
    public static final String PATH = "/api/v1/tus";

    /** The one version. */
    public static final String VERSION = "1.0.0";

    /** Everything beyond the core. */
    public static final String EXTENSIONS =
            "creation,creation-with-upload,creation-defer-length,expiration,checksum,checksum-trailer,termination,concatenation,concatenation-unfinished";

    public static final String RESUMABLE = "Tus-Resumable";
    public static final String TUS_VERSION = "Tus-Version";
    public static final String EXTENSION = "Tus-Extension";
    public static final String MAX_SIZE = "Tus-Max-Size";
    public static final String CHECKSUM_ALGORITHM = "Tus-Checksum-Algorithm";
    public static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
    public static final String OFFSET = "Upload-Offset";
    public static final String LENGTH = "Upload-Length";
    public static final String DEFER_LENGTH = "Upload-Defer-Length";
    public static final String METADATA = "Upload-Metadata";
    public static final String CONCAT = "Upload-Concat";
    public static final String CHECKSUM = "Upload-Checksum";
    public static final String EXPIRES = "Upload-Expires";

    /** The only media type of bytes. */
    public static final String BYTES = "application/offset+octet-stream";

    private Tus() {}

    /** The checksum algorithms, as the field lists them. */
    public static String checksumAlgorithms() {
        return Arrays.stream(ChecksumAlgorithm.values())
                .map(ChecksumAlgorithm::word)
                .collect(Collectors.joining(","));
    }

    /** A time as RFC 9110, section 5.6.7, prefers it. */
    public static String date(Instant time) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }
}
