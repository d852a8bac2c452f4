package io.sluice.edge.http.connection;

import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Follows one connection's messages: which part of which request is where. Confined to its loop.
 */
final class Exchange {
    /** A body as short as this is rather read than its connection given up. */
    private static final long LONGEST_DRAINED = 64 * 1024;

    private boolean isRequestOpen;
    private boolean isDrainable;
    private boolean isAnswerDue;
    private boolean isInterim;
    private long bodyBytes;

    /** Takes note of what came in. */
    void received(Object message) {
        if (message instanceof HttpRequest request) {
            // The end of a request without a body is on its way, though an answer may overtake it.
            isDrainable =
                    !hasBody(request)
                            || (HttpUtil.getContentLength(request, Long.MAX_VALUE)
                                            <= LONGEST_DRAINED
                                    && !HttpUtil.is100ContinueExpected(request));
            isRequestOpen = true;
            isAnswerDue = true;
        }
        if (message instanceof ByteBufHolder content) {
            bodyBytes += content.content().readableBytes();
        }
        if (message instanceof LastHttpContent) {
            isRequestOpen = false;
        }
    }

    private static boolean hasBody(HttpRequest request) {
        return HttpUtil.isContentLengthSet(request) || HttpUtil.isTransferEncodingChunked(request);
    }

    /** Takes note of what goes out. */
    void sent(Object message) {
        if (message instanceof HttpResponse response) {
            isInterim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && !isInterim) {
            isAnswerDue = false;
        }
    }

    /** Whether bytes of a request's body are still to come. */
    boolean isRequestOpen() {
        return isRequestOpen;
    }

    /** Whether the end of the answer has not gone out yet. */
    boolean isAnswerDue() {
        return isAnswerDue;
    }

    /** Whether an answer now means that nothing can follow it on the connection. */
    boolean isCutShort() {
        return isRequestOpen && !isDrainable;
    }

    /** Whether the client waits for the end of an answer, or we for the end of its request. */
    boolean isOpen() {
        return isRequestOpen || isAnswerDue;
    }

    /** The bytes of bodies since the last question. */
    long takeBodyBytes() {
        long bytes = bodyBytes;
        bodyBytes = 0;
        return bytes;
    }
}
