package io.sluice.edge.http.multipart;

import io.netty.buffer.ByteBuf;

/** Is told what the parser finds, in order. What it throws ends the parsing. */
public interface PartListener {
    /** A part's header is complete. */
    void partBegan(PartHeader header);

    /** More of the part's content; the buffer stays the parser's and is only good for the call. */
    void partBytes(ByteBuf bytes);

    /** The part's content is complete. */
    void partEnded();
}
