package io.sluice.channel.pipe;

import io.sluice.channel.frame.Attempt;
import io.sluice.model.ImageFacts;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A child's answer as one line of JSON: a step that began, or the outcome. */
sealed interface AnswerLine {
    /** Strict: what can't be understood is nobody's verdict. */
    JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    Set<String> KEYS =
            Set.of(
                    "id",
                    "attempt",
                    "progress",
                    "outcome",
                    "contentType",
                    "engine",
                    "signature",
                    "code",
                    "detail",
                    "reason",
                    "retryable",
                    "image",
                    "renditions");

    /** Which attempt it belongs to. */
    Attempt attempt();

    /** A step began. */
    record Step(Attempt attempt, String step) implements AnswerLine {}

    /** The job is answered. */
    record Outcome(Attempt attempt, JobOutcome outcome) implements AnswerLine {}

    /**
     * Reads a line.
     *
     * @param now when it came: a scan that it tells of ended then
     * @throws IllegalArgumentException when it is no JSON object, lacks a key, or has one too many
     */
    static AnswerLine parse(byte[] line, Instant now) {
        JsonNode answer;
        try {
            answer = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
        if (!answer.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        for (String key : answer.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("an unknown key");
            }
        }
        Attempt attempt = new Attempt(text(answer, "id"), number(answer, "attempt"));
        return answer.has("progress")
                ? new Step(attempt, text(answer, "progress"))
                : new Outcome(attempt, outcome(answer, now));
    }

    private static JobOutcome outcome(JsonNode answer, Instant now) {
        return switch (text(answer, "outcome")) {
            case "rendered" ->
                    new JobOutcome.Rendered(
                            text(answer, "contentType"),
                            answer.has("engine") ? scan(answer, Verdict.CLEAN, now) : null,
                            image(answer.get("image")),
                            renditions(answer.get("renditions")));
            case "infected" ->
                    new JobOutcome.Infected(
                            text(answer, "contentType"), scan(answer, Verdict.INFECTED, now));
            case "rejected" ->
                    new JobOutcome.Rejected(
                            optionalText(answer, "contentType"),
                            text(answer, "code"),
                            text(answer, "detail"));
            case "unscannable" ->
                    new JobOutcome.Unscannable(
                            text(answer, "contentType"),
                            scan(answer, Verdict.UNSCANNABLE, now),
                            text(answer, "reason"));
            case "deferred" -> new JobOutcome.Deferred(text(answer, "reason"));
            case "failed" ->
                    new JobOutcome.Failed(
                            text(answer, "reason"), answer.path("retryable").asBoolean(true));
            default -> throw new IllegalArgumentException("an unknown outcome");
        };
    }

    private static ScanReport scan(JsonNode answer, Verdict verdict, Instant now) {
        return new ScanReport(
                verdict, text(answer, "engine"), optionalText(answer, "signature"), now);
    }

    private static @Nullable ImageFacts image(@Nullable JsonNode image) {
        return image == null || image.isNull()
                ? null
                : new ImageFacts(
                        text(image, "format"),
                        number(image, "width"),
                        number(image, "height"),
                        number(image, "frames"));
    }

    private static List<Rendition> renditions(@Nullable JsonNode renditions) {
        List<Rendition> made = new ArrayList<>();
        if (renditions != null) {
            for (JsonNode each : renditions) {
                made.add(
                        new Rendition(
                                text(each, "name"),
                                text(each, "cacheKey"),
                                text(each, "contentType"),
                                number(each, "width"),
                                number(each, "height"),
                                each.path("size").asLong()));
            }
        }
        return made;
    }

    private static String text(JsonNode node, String key) {
        String text = optionalText(node, key);
        if (text == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return text;
    }

    private static @Nullable String optionalText(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(key + " is no text");
        }
        return value.stringValue();
    }

    private static int number(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || !value.isInt()) {
            throw new IllegalArgumentException(key + " is no number");
        }
        return value.intValue();
    }
}
