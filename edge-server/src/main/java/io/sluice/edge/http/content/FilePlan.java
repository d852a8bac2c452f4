package io.sluice.edge.http.content;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.problem.RequestIds;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * How one request for a file is answered.
 *
 * @param pieces what the body consists of, in order: text and parts of the file
 */
record FilePlan(HttpStatus status, HttpHeaders headers, List<Piece> pieces) {
    private static final String BYTES = "bytes";

    /** A piece of the body: framing, or a part of the file. */
    sealed interface Piece {
        long length();

        /** Text between the parts of an answer with several. */
        record Framing(ByteBuf bytes) implements Piece {
            static Framing of(String text) {
                return new Framing(
                        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
            }

            @Override
            public long length() {
                return bytes.readableBytes();
            }
        }

        /** Bytes of the file; the offset counts in its channel. */
        record Part(long offset, long length) implements Piece {}
    }

    FilePlan {
        pieces = List.copyOf(pieces);
    }

    /**
     * Decides.
     *
     * @throws io.sluice.edge.http.problem.Refusal 412 or 416
     */
    static FilePlan of(ServedFile file, HttpMethod method, HttpHeaders request) {
        Conditions conditions = new Conditions(request, file.etag(), file.modified());
        return switch (conditions.verdict()) {
            case FAILED ->
                    throw Problem.PRECONDITION_FAILED.because("the file's ETag is " + file.etag());
            case NOT_MODIFIED -> new FilePlan(HttpStatus.NOT_MODIFIED, validators(file), List.of());
            case PROCEED -> {
                @Nullable String range = request.getFirst(HttpHeaders.RANGE);
                yield range == null || !method.equals(HttpMethod.GET) || !conditions.allowRange()
                        ? whole(file)
                        : ranged(file, range);
            }
        };
    }

    private static FilePlan ranged(ServedFile file, String range) {
        return switch (Ranges.parse(range, file.length())) {
            case RangeAnswer.Whole _ -> whole(file);
            case RangeAnswer.Unsatisfiable _ ->
                    throw Problem.RANGE_NOT_SATISFIABLE
                            .because("the file has %d bytes".formatted(file.length()))
                            .with(HttpHeaders.CONTENT_RANGE, "bytes */" + file.length());
            case RangeAnswer.Parts(List<ByteRange> ranges) ->
                    ranges.size() == 1 ? single(file, ranges.getFirst()) : multiple(file, ranges);
        };
    }

    private static FilePlan whole(ServedFile file) {
        HttpHeaders headers = describing(file, file.contentType(), file.length());
        return new FilePlan(
                HttpStatus.OK,
                headers,
                file.length() == 0
                        ? List.of()
                        : List.of(new Piece.Part(file.offset(), file.length())));
    }

    private static FilePlan single(ServedFile file, ByteRange range) {
        HttpHeaders headers = describing(file, file.contentType(), range.length());
        headers.set(HttpHeaders.CONTENT_RANGE, range.contentRange(file.length()));
        return new FilePlan(
                HttpStatus.PARTIAL_CONTENT,
                headers,
                List.of(new Piece.Part(file.offset() + range.start(), range.length())));
    }

    private static FilePlan multiple(ServedFile file, List<ByteRange> ranges) {
        String boundary = RequestIds.next() + RequestIds.next();
        List<Piece> pieces = new ArrayList<>();
        for (ByteRange range : ranges) {
            pieces.add(
                    Piece.Framing.of(
                            "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
                                    .formatted(
                                            boundary,
                                            file.contentType(),
                                            range.contentRange(file.length()))));
            pieces.add(new Piece.Part(file.offset() + range.start(), range.length()));
        }
        pieces.add(Piece.Framing.of("\r\n--" + boundary + "--\r\n"));
        long length = pieces.stream().mapToLong(Piece::length).sum();
        return new FilePlan(
                HttpStatus.PARTIAL_CONTENT,
                describing(file, "multipart/byteranges; boundary=" + boundary, length),
                pieces);
    }

    private static HttpHeaders validators(ServedFile file) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ETAG, file.etag());
        headers.set(
                HttpHeaders.LAST_MODIFIED,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        file.modified().atOffset(ZoneOffset.UTC)));
        // Revalidated each time: a purge or a delete has to be seen at once.
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        return headers;
    }

    private static HttpHeaders describing(ServedFile file, String contentType, long length) {
        HttpHeaders headers = validators(file);
        headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        headers.setContentLength(length);
        headers.set(HttpHeaders.ACCEPT_RANGES, BYTES);
        headers.set(HttpHeaders.CONTENT_DISPOSITION, file.disposition());
        return headers;
    }
}
