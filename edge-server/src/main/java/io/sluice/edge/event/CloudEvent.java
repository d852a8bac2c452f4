package io.sluice.edge.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as clients see it, in a stream and in a webhook alike: CloudEvents 1.0, structured JSON.
 *
 * @param source where the id is unique
 * @param subject the upload's id
 */
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        @JsonRawValue String data) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The view of an event. */
    public static CloudEvent of(Event event) {
        return new CloudEvent(
                "1.0",
                event.uid(),
                "/api/v1/uploads",
                event.type(),
                event.upload().toString(),
                event.at(),
                "application/json",
                event.data());
    }

    /** One line of JSON; the same bytes each time, as they are signed. */
    public byte[] json() {
        return MAPPER.writeValueAsBytes(this);
    }

    /** {@link #json} as text. */
    public String text() {
        return new String(json(), StandardCharsets.UTF_8);
    }
}
