package io.sluice.benchmarks.channel;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.group.Channels;
import io.sluice.model.ImageFormat;
import io.sluice.model.Job;
import io.sluice.model.JobId;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.RenditionSpec;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundles;

/**
 * Our own channel with real jobs and outcomes and the whole contract: credit, acceptance, deadline,
 * metrics. The processor answers on the event loop, as the peers do.
 */
record SluiceCarrier(Map<String, String> settings) implements Carrier {
    private static final InstantSource CLOCK = InstantSource.system();

    /** More than are ever outstanding, as a slot is granted again only after its answer. */
    private static final int SLOTS = 1024;

    /** A transport in its own word, or {@code tls}, which is {@code tcp} with certificates. */
    static SluiceCarrier of(String name) {
        return new SluiceCarrier(
                switch (name) {
                    case "tls" ->
                            Map.of(
                                    "sluice.channel.transport", "tcp",
                                    "sluice.channel.tcp.bundle", Certificate.BUNDLE,
                                    "sluice.channel.tcp.allowed-names", Certificate.NAME);
                    case "tcp" ->
                            Map.of(
                                    "sluice.channel.transport", "tcp",
                                    "sluice.channel.tcp.insecure", "true");
                    default -> Map.of("sluice.channel.transport", name);
                });
    }

    private ChannelProperties properties(Path directory) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        if (settings.containsValue("amqp")) {
            all.put("sluice.channel.amqp.uri", RabbitMq.uri(directory));
        }
        all.put("sluice.channel.unix.directory", directory.resolve("run").toString());
        all.put("sluice.channel.pipe.directory", directory.resolve("run").toString());
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("sluice.channel", ChannelProperties.class)
                .get();
    }

    private @Nullable SslBundles bundles(Path directory) {
        return settings.containsKey("sluice.channel.tcp.bundle")
                ? Certificate.bundles(directory)
                : null;
    }

    @Override
    public Runnable respond(Path directory) throws IOException {
        JobReceiver receiver =
                Channels.receiver(
                        properties(directory),
                        "0",
                        new SimpleMeterRegistry(),
                        CLOCK,
                        SLOTS,
                        bundles(directory));
        JobOutcome outcome = new JobOutcome.Failed("x".repeat(Exchange.BYTES - 80), false);
        receiver.start(job -> job.complete(outcome));
        return receiver::close;
    }

    @Override
    public Exchange exchange(Path directory) throws IOException, InterruptedException {
        Dispatcher dispatcher =
                Channels.dispatcher(
                        properties(directory),
                        "bench",
                        new SimpleMeterRegistry(),
                        CLOCK,
                        bundles(directory));
        Semaphore mayHaveCredit = new Semaphore(0);
        dispatcher.onCredit(mayHaveCredit::release);
        while (dispatcher.credit() == 0) {
            mayHaveCredit.acquire();
        }
        return new Jobs(dispatcher);
    }

    private static final class Jobs implements Exchange {
        private final Dispatcher dispatcher;

        /**
         * More than are ever outstanding: how long a job takes to be thought of is not measured.
         */
        private final List<Job> jobs = Stream.generate(Jobs::job).limit(2 * SLOTS).toList();

        private final AtomicInteger next = new AtomicInteger();

        Jobs(Dispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        @Override
        public void send(Reply reply) {
            Job job = jobs.get(Math.floorMod(next.getAndIncrement(), jobs.size()));
            dispatcher.dispatch(job).subscribe(_ -> reply.came(), reply::failed);
        }

        private static Job job() {
            UploadId upload = UploadId.next(CLOCK);
            return new Job(
                    JobId.next(CLOCK),
                    1,
                    Job.Kind.PROCESS,
                    upload,
                    upload.storePath(),
                    4096,
                    new Sha256("ab".repeat(32)),
                    "holiday.jpg",
                    "image/jpeg",
                    new Policy("default", List.of("image/*"), 50_000_000),
                    List.of(
                            new RenditionSpec(
                                    "thumb",
                                    RenditionSpec.Mode.COVER,
                                    200,
                                    200,
                                    List.of(ImageFormat.WEBP, ImageFormat.JPEG),
                                    80)),
                    CLOCK.instant().plus(Duration.ofHours(1)),
                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        }

        @Override
        public void close() {
            dispatcher.close();
        }
    }
}
