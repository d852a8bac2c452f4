package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that is one file. */
final class RawReader implements BodyReader {
    private final Landing landing;
    private final IncomingFile file;
    private final Allowance allowance;
    private final TypeGate gate;
    private final @Nullable String filename;
    private final @Nullable String declaredType;
    private long length;

    RawReader(Landing landing, RawRequest request, Allowance allowance, TypeGate gate) {
        this.landing = landing;
        this.allowance = allowance;
        this.gate = gate;
        this.file = landing.begin(request.digests());
        this.filename = request.filename();
        this.declaredType = request.declaredType();
    }

    @Override
    public void read(ByteBuf bytes) {
        length += bytes.readableBytes();
        allowance.bytes(length, bytes.readableBytes());
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
