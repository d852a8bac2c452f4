package io.sluice.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.channel.ChannelConfiguration;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.group.Channels;
import io.sluice.edge.database.Database;
import io.sluice.edge.job.JobAnswers;
import io.sluice.edge.job.JobChannel;
import io.sluice.edge.job.JobProperties;
import io.sluice.edge.job.JobRunner;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.upload.Uploads;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessageChannel;

/** The jobs and the way they go out. */
@Configuration(proxyBeanMethods = false)
@Import(ChannelConfiguration.class)
class JobConfiguration {

    /** Looks for processors from the first moment on; jobs go out once the runner has started. */
    @Bean
    Dispatcher dispatcher(
            ChannelProperties properties,
            MeterRegistry meters,
            InstantSource clock,
            SslBundles bundles) {
        return Channels.dispatcher(
                properties, "edge-" + ProcessHandle.current().pid(), meters, clock, bundles);
    }

    @Bean
    Jobs jobs(
            Database database,
            JobProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        return new Jobs(database, properties, clock, meters);
    }

    @Bean
    JobAnswers jobAnswers(Jobs jobs, Database database, Uploads uploads, JobProperties properties) {
        return new JobAnswers(jobs, database, uploads.jobSubject(), properties);
    }

    @Bean(JobChannel.OUT)
    MessageChannel jobsOut() {
        return new DirectChannel();
    }

    @Bean
    IntegrationFlow jobsThere(Dispatcher dispatcher, JobAnswers answers) {
        return JobChannel.there(dispatcher, answers);
    }

    @Bean
    IntegrationFlow jobsBack(JobAnswers answers) {
        return JobChannel.back(answers);
    }

    @Bean
    JobRunner jobRunner(
            Jobs jobs,
            Database database,
            Dispatcher dispatcher,
            @Qualifier(JobChannel.OUT) MessageChannel out,
            Uploads uploads,
            JobProperties properties,
            InstantSource clock) {
        return new JobRunner(
                jobs, database, dispatcher, out, uploads.jobSubject(), properties, clock);
    }

    @Bean
    JobLifecycle jobLifecycle(JobRunner runner, Dispatcher dispatcher) {
        return new JobLifecycle(runner, dispatcher);
    }
}
