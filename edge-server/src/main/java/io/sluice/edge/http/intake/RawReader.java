package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that is one file. */
final class RawReader implements BodyReader {
    private final Landing landing;
    private final IncomingFile file;
    private final long longest;
    private final TypeGate gate;
    private final @Nullable String filename;
    private final @Nullable String declaredType;
    private long length;

    RawReader(Landing landing, RawRequest request, long longest, TypeGate gate) {
        this.landing = landing;
        this.longest = longest;
        this.gate = gate;
        this.file = landing.begin(request.digests());
        this.filename = request.filename();
        this.declaredType = request.declaredType();
    }

    @Override
    public void read(ByteBuf bytes) {
        length += bytes.readableBytes();
        if (length > longest) {
            throw Problem.TOO_LARGE.because(
                    "an upload has at most %d bytes (sluice.upload.max-size)".formatted(longest));
        }
        gate.read(bytes);
        landing.append(file, bytes.retain());
    }

    @Override
    public void end() {
        landing.end(file);
    }

    @Override
    public Intake intake() {
        return new Intake(
                List.of(new ReceivedFile(file.spooled(), filename, declaredType)), Map.of());
    }
}
