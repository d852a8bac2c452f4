package io.sluice.processor.check;

import java.io.IOException;
import java.util.Locale;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a file is by its first bytes alone; a name and a declared type prove nothing. The one
 * exception is harmless: text that is called CSV is CSV, as no content tells the two apart.
 * Thread-safe.
 */
final class TypeSniffer {
    /** How much of the file is looked at. */
    static final int HEAD_BYTES = 64 * 1024;

    private static final String TEXT = "text/plain";
    private static final String CSV = "text/csv";

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    /** The media type of a file that begins so. */
    String sniff(byte[] head, @Nullable String filename, @Nullable String declaredType)
            throws IOException {
        String type;
        try (TikaInputStream stream = TikaInputStream.get(head)) {
            type =
                    types.detect(stream, new Metadata(), new ParseContext())
                            .getBaseType()
                            .toString();
        }
        if (!type.equals(TEXT)) {
            return type;
        }
        if (!isText(head)) {
            return MimeTypes.OCTET_STREAM;
        }
        return isCalledCsv(filename, declaredType) ? CSV : TEXT;
    }

    /** The library looks at the first 512 bytes only; a NUL further on is no text either. */
    private static boolean isText(byte[] head) {
        boolean hasByteOrderMark =
                head.length >= 2
                        && ((head[0] == (byte) 0xFE && head[1] == (byte) 0xFF)
                                || (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE));
        for (byte b : head) {
            if (b == 0 && !hasByteOrderMark) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCalledCsv(@Nullable String filename, @Nullable String declaredType) {
        return (filename != null && filename.toLowerCase(Locale.ROOT).endsWith(".csv"))
                || (declaredType != null && declaredType.toLowerCase(Locale.ROOT).startsWith(CSV));
    }
}
