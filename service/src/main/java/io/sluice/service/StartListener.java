package io.sluice.service;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/** Follows the start of a service and tells the master about it. */
final class StartListener implements ApplicationListener<ApplicationEvent> {
    private final MasterLink link;
    private final String role;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private volatile @Nullable ConfigurableEnvironment environment;

    StartListener(MasterLink link, String role) {
        this.link = link;
        this.role = role;
    }

    /** The settings, as soon as they are read. */
    @Nullable ConfigurableEnvironment environment() {
        return environment;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        switch (event) {
            case ApplicationEnvironmentPreparedEvent prepared ->
                    environment = prepared.getEnvironment();
            case WebServerInitializedEvent started ->
                    ports.put(portName(started), started.getWebServer().getPort());
            case AvailabilityChangeEvent<?> change
                    when change.getState() == ReadinessState.ACCEPTING_TRAFFIC ->
                    link.send(new LinkMessage.Ready(ports, knownPrefixes(change)));
            case AvailabilityChangeEvent<?> change
                    when change.getState() == ReadinessState.REFUSING_TRAFFIC ->
                    link.send(new LinkMessage.Unready(reason(change)));
            default -> {
                // Every other event of Spring passes here too.
            }
        }
    }

    private String portName(WebServerInitializedEvent event) {
        boolean users =
                role.equals("edge")
                        && !"management".equals(event.getApplicationContext().getServerNamespace());
        return users ? "http" : "management";
    }

    private static Set<String> knownPrefixes(AvailabilityChangeEvent<?> change) {
        return change.getSource() instanceof ApplicationContext context
                ? KnownPrefixes.of(context)
                : Set.of();
    }

    private static String reason(AvailabilityChangeEvent<?> change) {
        return change.getSource() instanceof ApplicationContext
                ? "stopping"
                : change.getSource().toString();
    }
}
