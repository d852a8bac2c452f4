package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;

/**
 * Makes files of a body's bytes. Confined to the request's event loop. Whatever a method throws
 * ends the request; a {@link io.sluice.edge.http.problem.Refusal} is answered.
 */
interface BodyReader {
    /** The next bytes; they stay the caller's. */
    void read(ByteBuf bytes);

    /** The body has ended as HTTP sees it. */
    void end();

    /** What it was made of; once everything is written. */
    Intake intake();
}
