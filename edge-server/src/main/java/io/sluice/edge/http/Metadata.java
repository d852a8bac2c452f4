package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The client's JSON object about an upload: bounded in depth and numbers, kept as compact text. */
final class Metadata {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 100;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .maxNumberLength(LONGEST_NUMBER)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Metadata() {}

    /**
     * The object's text without blanks.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 if it is no object, or too deep
     */
    static String compact(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return node.toString();
            }
        } catch (JacksonException e) {
            throw Problem.BAD_METADATA.because("metadata is malformed: " + e.getOriginalMessage());
        }
        throw Problem.BAD_METADATA.because("metadata is not an object");
    }

    /** One object of two compact ones; where both have a member the second's counts. */
    static String merge(String first, String second) {
        ObjectNode merged = (ObjectNode) MAPPER.readTree(first);
        merged.setAll((ObjectNode) MAPPER.readTree(second));
        return merged.toString();
    }
}
