package io.sluice.edge.job;

import io.sluice.channel.Dispatcher;
import io.sluice.edge.database.Database;
import java.time.InstantSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.IntegrationRegistrar;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.messaging.MessageChannel;

/** A runner with the flow that it sends by, and nothing else of the edge. */
public final class TestSender implements AutoCloseable {
    private final GenericApplicationContext context;
    private final JobAnswers answers;
    private final JobRunner runner;

    private TestSender(GenericApplicationContext context, JobAnswers answers, JobRunner runner) {
        this.context = context;
        this.answers = answers;
        this.runner = runner;
    }

    public static TestSender start(
            Jobs jobs,
            Database database,
            Dispatcher dispatcher,
            JobSubject subject,
            JobProperties properties,
            InstantSource clock) {
        JobAnswers answers = new JobAnswers(jobs, database, subject, properties);
        GenericApplicationContext context = new GenericApplicationContext();
        new IntegrationRegistrar().registerBeanDefinitions(null, context);
        MessageChannel out = new DirectChannel();
        context.registerBean(JobChannel.OUT, MessageChannel.class, () -> out);
        context.refresh();
        IntegrationFlowContext flows = context.getBean(IntegrationFlowContext.class);
        for (IntegrationFlow flow :
                new IntegrationFlow[] {
                    JobChannel.back(answers), JobChannel.there(dispatcher, answers)
                }) {
            flows.registration(flow).register();
        }
        JobRunner runner =
                new JobRunner(jobs, database, dispatcher, out, subject, properties, clock);
        runner.start();
        return new TestSender(context, answers, runner);
    }

    @Override
    public void close() {
        runner.close();
        answers.close();
        context.close();
    }
}
