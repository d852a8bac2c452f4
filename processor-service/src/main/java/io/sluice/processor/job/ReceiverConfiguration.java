package io.sluice.processor.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelConfiguration;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.JobInboundAdapter;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.group.Channels;
import io.sluice.processor.ProcessorProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The processor's end of the channel, and the slots that its jobs are worked on in. */
@Configuration(proxyBeanMethods = false)
@Import(ChannelConfiguration.class)
class ReceiverConfiguration {
    /**
     * One platform thread a slot: steps wait for disks, sockets and children. The queue never holds
     * more than slots: a job comes only for a credit, and a credit only with an answer, which a
     * thread gives a moment before it is free again.
     */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService slots(ProcessorProperties properties) {
        int slots = slotCount(properties);
        return new ThreadPoolExecutor(
                slots,
                slots,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(slots),
                Thread.ofPlatform().name("slot-", 1).factory());
    }

    @Bean
    JobInboundAdapter jobInboundAdapter(
            ChannelProperties channel,
            ProcessorProperties properties,
            MeterRegistry meters,
            InstantSource clock,
            SslBundles bundles,
            ExecutorService slots,
            @Value("${spring.lifecycle.timeout-per-shutdown-phase:20s}") Duration shutdown) {
        JobReceiver receiver =
                Channels.receiver(
                        channel, properties.name(), meters, clock, slotCount(properties), bundles);
        // A little less than the phase may take, to close in an orderly way.
        JobInboundAdapter adapter =
                new JobInboundAdapter(receiver, slots, shutdown.multipliedBy(9).dividedBy(10));
        adapter.setOutputChannelName(JobFlow.JOBS);
        adapter.setErrorChannelName(JobFlow.ERRORS);
        return adapter;
    }

    @Bean
    HealthIndicator jobChannelHealthIndicator(JobInboundAdapter adapter) {
        return () -> (adapter.isRunning() ? Health.up() : Health.outOfService()).build();
    }

    private static int slotCount(ProcessorProperties properties) {
        return properties.slotsOn(Runtime.getRuntime().availableProcessors());
    }
}
