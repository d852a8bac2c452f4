package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A form's text field while it comes in. */
final class FieldPart {
    private final String name;
    private final int longest;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    FieldPart(String name, int longest) {
        this.name = name;
        this.longest = longest;
    }

    String name() {
        return name;
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    void append(ByteBuf more) {
        if (more.readableBytes() > longest - bytes.size()) {
            throw Problem.TOO_LARGE.because(
                    "a form's field has at most %d bytes (sluice.edge.multipart.field)"
                            .formatted(longest));
        }
        byte[] copy = new byte[more.readableBytes()];
        more.getBytes(more.readerIndex(), copy);
        bytes.writeBytes(copy);
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.MALFORMED.because("a form's field is not UTF-8");
        }
    }
}
