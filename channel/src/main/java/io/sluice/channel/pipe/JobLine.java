package io.sluice.channel.pipe;

import io.sluice.model.wire.JobMessage;
import io.sluice.model.wire.RenditionOptionsMessage;
import io.sluice.model.wire.RenditionSpecMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as one line of JSON. What is needed most comes first and holds no character that JSON
 * escapes: {@code sed} can find it.
 */
final class JobLine {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JobLine() {}

    /** The line, with its end. */
    static byte[] of(JobMessage job) {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", job.getId());
        line.put("attempt", job.getAttempt());
        line.put("kind", job.getKind().name().toLowerCase(Locale.ROOT));
        line.put("path", job.getPath());
        line.put("size", job.getSize());
        line.put("sha256", job.getSha256());
        line.put("upload", job.getUpload());
        line.put("deadlineMs", job.getDeadlineMs());
        line.put("traceParent", job.getTraceParent());
        line.put("profile", job.getPolicy().getProfile());
        texts(line, "allowedTypes", job.getPolicy().getAllowedTypesList());
        line.put("maxPixels", job.getPolicy().getMaxPixels());
        ArrayNode renditions = line.putArray("renditions");
        job.getRenditionsList().forEach(spec -> add(renditions.addObject(), spec));
        line.put("declaredType", job.getDeclaredType());
        line.put("filename", job.getFilename());
        return (JSON.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ObjectNode rendition, RenditionSpecMessage spec) {
        rendition.put("name", spec.getName());
        rendition.put("mode", spec.getMode());
        rendition.put("width", spec.getWidth());
        rendition.put("height", spec.getHeight());
        texts(rendition, "formats", spec.getFormatsList());
        rendition.put("quality", spec.getQuality());
        if (spec.hasOptions()) {
            add(rendition.putObject("options"), spec.getOptions());
        }
    }

    private static void add(ObjectNode node, RenditionOptionsMessage options) {
        node.put("gravity", options.getGravity());
        node.put("focusX", options.getFocusX());
        node.put("focusY", options.getFocusY());
        node.put("dpr", options.getDpr());
        node.put("background", options.getBackground());
        node.put("rotate", options.getRotate());
        node.put("trim", options.getTrim());
        node.put("blur", options.getBlur());
        node.put("sharpen", options.getSharpen());
        node.put("maxBytes", options.getMaxBytes());
    }

    private static void texts(ObjectNode node, String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(array::add);
    }
}
