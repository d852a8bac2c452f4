package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.header.Disposition;
import io.sluice.edge.http.header.ExpectedDigests;
import io.sluice.edge.http.multipart.MultipartParser;
import io.sluice.edge.http.multipart.PartHeader;
import io.sluice.edge.http.multipart.PartListener;
import io.sluice.edge.http.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@code multipart/form-data} body (RFC 7578): its parts named {@code file} go straight to the
 * spool, its other parts are text.
 */
final class FormReader implements BodyReader, PartListener {
    private final Landing landing;
    private final IntakeLimits limits;
    private final Allowance allowance;
    private final Function<Optional<String>, Optional<TypeGate>> gates;
    private final MultipartParser parser;
    private final List<FilePart> files = new ArrayList<>();
    private final FormFields fields = new FormFields();
    private @Nullable FilePart file;
    private @Nullable FieldPart field;
    private Map<String, String> texts = Map.of();

    FormReader(
            Landing landing,
            String boundary,
            IntakeLimits limits,
            Allowance allowance,
            Function<Optional<String>, Optional<TypeGate>> gates) {
        this.landing = landing;
        this.limits = limits;
        this.allowance = allowance;
        this.gates = gates;
        this.parser = new MultipartParser(boundary, limits.form(), this);
    }

    /** A file and what its part's header says of it. */
    private static final class FilePart {
        final IncomingFile bytes;
        final @Nullable String filename;
        final @Nullable String declaredType;
        final Optional<TypeGate> gate;
        long length;

        FilePart(
                IncomingFile bytes,
                PartHeader header,
                Disposition disposition,
                Optional<TypeGate> gate) {
            this.gate = gate;
            this.bytes = bytes;
            this.filename = disposition.filename().orElse(null);
            this.declaredType = header.value("content-type").orElse(null);
        }
    }

    @Override
    public void read(ByteBuf bytes) {
        parser.parse(bytes);
    }

    @Override
    public void end() {
        parser.end();
        if (files.isEmpty()) {
            throw Problem.MALFORMED.because("the form has no part named file");
        }
        texts = fields.texts();
    }

    @Override
    public void partBegan(PartHeader header) {
        String encoding = header.value("content-transfer-encoding").orElse("binary");
        if (!List.of("7bit", "8bit", "binary").contains(encoding.toLowerCase(Locale.ROOT))) {
            throw Problem.MALFORMED.because(
                    "parts are taken without Content-Transfer-Encoding (RFC 7578, section 4.7)");
        }
        if (header.value("content-type").orElse("").regionMatches(true, 0, "multipart/", 0, 10)) {
            throw Problem.MALFORMED.because(
                    "a part has no parts of its own (RFC 7578, section 4.3)");
        }
        Disposition disposition =
                Disposition.parse(
                        header.value("content-disposition")
                                .orElseThrow(() ->
                                        Problem.MALFORMED.because(
                                                "a part has no Content-Disposition")));
        String name =
                disposition
                        .name()
                        .orElseThrow(() -> Problem.MALFORMED.because("a part has no name"));
        if (isFileName(name) && !isEmptyChoice(disposition)) {
            beginFile(header, disposition);
        } else if (disposition.filename().isPresent()) {
            throw Problem.MALFORMED.because("parts with files must be named file");
        } else {
            field = new FieldPart(name, header.value("content-type").orElse(""), limits.field());
        }
    }

    /** Uppy calls the files of one request so. */
    private static boolean isFileName(String name) {
        return name.equals("file") || name.equals("files[]");
    }

    /** Browsers send an empty name for an input in which no file was chosen. */
    private static boolean isEmptyChoice(Disposition disposition) {
        return "".equals(disposition.parameters().get("filename"))
                && !disposition.parameters().containsKey("filename*");
    }

    private void beginFile(PartHeader header, Disposition disposition) {
        if (files.size() == limits.files()) {
            throw Problem.TOO_LARGE.because(
                    "a form has at most %d files (sluice.upload.max-files)"
                            .formatted(limits.files()));
        }
        allowance.file(header.value("content-type").orElse(null));
        Optional<TypeGate> gate = gates.apply(fields.find("profile"));
        IncomingFile incoming = landing.begin(new ExpectedDigests(List.of()));
        file = new FilePart(incoming, header, disposition, gate);
        files.add(file);
    }

    @Override
    public void partBytes(ByteBuf bytes) {
        if (file != null) {
            file.length += bytes.readableBytes();
            allowance.bytes(file.length, bytes.readableBytes());
            file.gate.ifPresent(gate -> gate.read(bytes));
            landing.append(file.bytes, bytes.retainedSlice());
        } else if (field != null) {
            field.append(bytes);
        }
    }

    @Override
    public void partEnded() {
        if (file != null) {
            landing.end(file.bytes);
        } else if (field != null && !isFileName(field.name())) {
            fields.add(field);
        } else if (field != null && !field.isEmpty()) {
            throw Problem.MALFORMED.because("a file needs a filename");
        }
        file = null;
        field = null;
    }

    @Override
    public Intake intake() {
        return new Intake(
                files.stream()
                        .map(f -> new ReceivedFile(f.bytes.spooled(), f.filename, f.declaredType))
                        .toList(),
                texts);
    }
}
