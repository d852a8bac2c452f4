package io.sluice.edge.http.problem;

import tools.jackson.databind.json.JsonMapper;

/** The one way the edge writes JSON. Nulls are written: a client sees which members there are. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** The JSON document of a view, in UTF-8. */
    public static byte[] bytes(Object view) {
        return MAPPER.writeValueAsBytes(view);
    }
}
