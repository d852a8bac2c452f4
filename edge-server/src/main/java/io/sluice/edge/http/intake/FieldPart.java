package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;
import org.springframework.http.MediaType;

/** A form's text field while it comes in. */
final class FieldPart {
    private final String name;
    private final String type;
    private final int longest;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A field whose part has that Content-Type; empty if it has none. */
    FieldPart(String name, String type, int longest) {
        this.name = name;
        this.type = type;
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

    /**
     * The value.
     *
     * @param usual the charset if the part names none
     * @throws io.sluice.edge.http.problem.Refusal 400 if the bytes are no text of the charset
     */
    String text(Charset usual) {
        Charset charset = charset().orElse(usual);
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw Problem.MALFORMED.because("a form's field is not " + charset.name());
        }
    }

    /** RFC 7578, section 4.5: {@code text/plain;charset=…}. */
    private Optional<Charset> charset() {
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MediaType.parseMediaType(type).getCharset());
        } catch (IllegalArgumentException e) {
            // A malformed type, and a charset that this JDK doesn't know.
            throw Problem.MALFORMED.because("a form's field has an unusable Content-Type");
        }
    }
}
