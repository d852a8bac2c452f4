package io.sluice.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelConfiguration;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.group.Channels;
import io.sluice.edge.database.Database;
import io.sluice.edge.job.JobProperties;
import io.sluice.edge.job.JobRunner;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.upload.Uploads;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The jobs and the way they go out. */
@Configuration(proxyBeanMethods = false)
@Import(ChannelConfiguration.class)
class JobConfiguration {

    /** Looks for processors from the first moment on; jobs go out once the runner has started. */
    @Bean
    Dispatcher dispatcher(ChannelProperties properties, MeterRegistry meters, InstantSource clock) {
        return Channels.dispatcher(
                properties, "edge-" + ProcessHandle.current().pid(), meters, clock);
    }

    @Bean
    Jobs jobs(
            Database database,
            JobProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        return new Jobs(database, properties, clock, meters);
    }

    /**
     * Started and closed with the context: the channel is closed first, so that what is out comes
     * back.
     */
    @Bean(initMethod = "start", destroyMethod = "close")
    JobRunner jobRunner(
            Jobs jobs,
            Database database,
            Dispatcher dispatcher,
            Uploads uploads,
            JobProperties properties,
            InstantSource clock) {
        return new JobRunner(jobs, database, dispatcher, uploads.jobSubject(), properties, clock);
    }
}
