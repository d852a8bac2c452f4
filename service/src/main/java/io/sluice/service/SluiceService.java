package io.sluice.service;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs one service of Sluice: reports to the master, ends when the master does, and says in one
 * line why it can't start. With {@code --sluice.check} it only validates its settings.
 */
public final class SluiceService {
    static final String ROLE = "sluice.role";
    private static final String CHECK = "--sluice.check";

    private SluiceService() {}

    /**
     * Runs a service until it is told to end. Returns once it is ready; ends the JVM with exit code
     * 1 when it can't start, after its check, or with 0 when the master is gone.
     *
     * @param application the {@code @SpringBootApplication} class
     * @param role its word in the process table: edge, processor or cache-manager
     */
    public static void run(Class<?> application, String role, String[] args) {
        if (Arrays.stream(args).anyMatch(arg -> arg.startsWith(CHECK))) {
            System.exit(SettingsCheck.run(role, args, System.out));
        }
        if (!start(application, role, args)) {
            System.exit(1);
        }
    }

    private static boolean start(Class<?> application, String role, String[] args) {
        MasterLink link;
        try {
            link = MasterLink.connect(System.getenv("SLUICE_MASTER"));
        } catch (IOException e) {
            LoggerFactory.getLogger(SluiceService.class)
                    .error(
                            "SLUICE_MASTER = {}: nobody listens there",
                            System.getenv("SLUICE_MASTER"),
                            e);
            return false;
        }
        link.onEnd(new Departure());
        return start(application(application, role), role, args, link).isPresent();
    }

    static Optional<ConfigurableApplicationContext> start(
            SpringApplication application, String role, String[] args, MasterLink link) {
        link.send(new LinkMessage.Starting(role, ProcessHandle.current().pid()));
        StartListener listener = new StartListener(link, role);
        application.addListeners(listener);
        try {
            return Optional.of(application.run(args));
        } catch (SpringApplication.AbandonedRunException e) {
            // -Dspring.context.exit=onRefresh: the run that trains the AOT cache ends here.
            throw e;
        } catch (RuntimeException | Error e) {
            FailureMessage message = FailureMessage.of(e, role, listener.environment());
            Logger log = LoggerFactory.getLogger(SluiceService.class);
            if (message.understood()) {
                log.error("{}", message.text());
            } else {
                log.error("{}", message.text(), e);
            }
            link.send(new LinkMessage.Failed(message.text()));
            return Optional.empty();
        }
    }

    static SpringApplication application(Class<?> type, String role) {
        SpringApplication application = new SpringApplication(type);
        application.setDefaultProperties(Map.of(ROLE, role));
        return application;
    }
}
