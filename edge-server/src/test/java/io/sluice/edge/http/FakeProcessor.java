package io.sluice.edge.http;

import io.sluice.cache.DiskCache;
import io.sluice.cache.Fill;
import io.sluice.channel.Dispatcher;
import io.sluice.model.ImageFacts;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;
import io.sluice.model.ScanReport;
import io.sluice.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A processor that goes by the file's name: it holds, finds infected, rejects, or finds clean. */
final class FakeProcessor implements Dispatcher {
    static final String RENDERED = "the bytes of a rendition";

    private final ObjectProvider<DiskCache> cache;

    FakeProcessor(ObjectProvider<DiskCache> cache) {
        this.cache = cache;
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job) {
        String name = Objects.requireNonNullElse(job.filename(), "");
        return name.startsWith("hold")
                ? Mono.never()
                : Mono.fromCallable(() -> outcome(job, name))
                        .subscribeOn(Schedulers.boundedElastic());
    }

    private JobOutcome outcome(Job job, String name) throws IOException {
        ScanReport clean = scan(Verdict.CLEAN, null);
        if (job.kind() == Job.Kind.RENDER) {
            for (RenditionSpec spec : job.renditions()) {
                render(job, spec);
            }
            return new JobOutcome.Rendered("image/png", null, null, List.<Rendition>of());
        }
        if (name.startsWith("infected")) {
            return new JobOutcome.Infected("text/plain", scan(Verdict.INFECTED, "Eicar"));
        }
        if (name.startsWith("rejected")) {
            return new JobOutcome.Rejected("text/html", "type-not-allowed", "HTML is not allowed.");
        }
        if (name.startsWith("unscannable")) {
            return new JobOutcome.Unscannable(
                    "text/plain", scan(Verdict.UNSCANNABLE, null), "It is encrypted.");
        }
        if (name.startsWith("failed")) {
            return new JobOutcome.Failed("It can't be done.", false);
        }
        ImageFacts image = name.startsWith("picture") ? new ImageFacts("png", 4, 3, 1) : null;
        return new JobOutcome.Rendered(
                image == null ? "text/plain" : "image/png", clean, image, List.of());
    }

    private static ScanReport scan(Verdict verdict, @Nullable String signature) {
        return new ScanReport(verdict, "fake 1", signature, Instant.EPOCH);
    }

    private void render(Job job, RenditionSpec spec) throws IOException {
        ImageFormat format = spec.formats().getFirst();
        String key = spec.cacheKey(job.upload(), job.sha256(), format);
        try (Fill fill =
                cache.getObject()
                        .fill(key, format.contentType(), List.of(job.upload().toString()))) {
            byte[] body = RENDERED.getBytes(StandardCharsets.UTF_8);
            try (var file = Files.newByteChannel(fill.file(), StandardOpenOption.WRITE)) {
                file.position(fill.bodyOffset());
                file.write(java.nio.ByteBuffer.wrap(body));
            }
            fill.commit();
        }
    }

    @Override
    public int credit() {
        return 8;
    }

    @Override
    public int processors() {
        return 1;
    }

    @Override
    public void onCredit(Runnable listener) {
        // Its credit never changes.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
