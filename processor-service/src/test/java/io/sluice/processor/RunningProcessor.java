package io.sluice.processor;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.group.Channels;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.Disposable;

/** The whole processor in this JVM, with an edge's end of the channel connected to it. */
final class RunningProcessor implements AutoCloseable {
    static final String PASSING = "sluice.channel.unix.pass-descriptors";

    private final ConfigurableApplicationContext context;
    private final Dispatcher edge;
    private final TestJobs jobs;

    RunningProcessor(Path data, Map<String, String> settings) throws IOException {
        Path home = Files.createDirectories(data);
        Map<String, String> arguments =
                new HashMap<>(
                        Map.of(
                                "sluice.data", home.toString(),
                                "sluice.processor.management-port", "0",
                                "sluice.processor.image-workers", "1",
                                "sluice.processor.worker-jar", WorkerJar.in(home).toString(),
                                "sluice.cache.min-free", "0%",
                                "sluice.cache.zone-size", "1MiB",
                                "sluice.scan.clamd.address", "off"));
        arguments.putAll(settings);
        SpringApplication application = new SpringApplication(ProcessorApplication.class);
        application.setDefaultProperties(Map.of("sluice.role", "processor"));
        context =
                application.run(
                        arguments.entrySet().stream()
                                .map(entry -> "--" + entry.getKey() + '=' + entry.getValue())
                                .toArray(String[]::new));
        jobs = new TestJobs(home.resolve("store"));
        edge =
                Channels.dispatcher(
                        channel(home, settings),
                        "edge",
                        new SimpleMeterRegistry(),
                        InstantSource.system());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> edge.credit() > 0);
    }

    private static ChannelProperties channel(Path home, Map<String, String> settings) {
        return new Binder(
                        new MapConfigurationPropertySource(
                                Map.of(
                                        "sluice.channel.unix.directory",
                                        home.resolve("run").toString(),
                                        "sluice.channel.unix.store",
                                        home.resolve("store").toString(),
                                        "sluice.channel.unix.pass-descriptors",
                                        settings.getOrDefault(PASSING, "false"),
                                        "sluice.channel.ping.interval",
                                        "1s",
                                        "sluice.channel.ping.timeout",
                                        "20s")))
                .bind("sluice.channel", ChannelProperties.class)
                .get();
    }

    TestJobs jobs() {
        return jobs;
    }

    int credit() {
        return edge.credit();
    }

    CompletableFuture<JobOutcome> send(Job job) {
        return edge.dispatch(job).toFuture().thenApply(Objects::requireNonNull);
    }

    /** Sends a job whose outcome nobody waits for. */
    Disposable sendCancellable(Job job) {
        return edge.dispatch(job).subscribe();
    }

    JobOutcome outcome(Job job) {
        return Objects.requireNonNull(edge.dispatch(job).block(Duration.ofMinutes(1)));
    }

    /** What actuator says there. */
    String actuator(String path) throws IOException, InterruptedException {
        String port =
                Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/" + path);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    /** What SIGTERM does. */
    void stop() {
        context.close();
    }

    @Override
    public void close() {
        edge.close();
        context.close();
    }
}
