package io.sluice.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Puts the settings that all services share below everything else. Each service has its actuator on
 * a management port of 127.0.0.1; only the edge has another port, for its users.
 */
class ServiceDefaults implements EnvironmentPostProcessor {
    private static final Map<String, Integer> MANAGEMENT_PORTS =
            Map.of("edge", 9080, "processor", 9081, "cache-manager", 9082);

    private static final List<String> DEFAULTS_OF_LIBRARIES =
            List.of(
                    "io/sluice/cache/cache-defaults.properties",
                    "io/sluice/channel/channel-defaults.properties");

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        String role = environment.getProperty(SluiceService.ROLE);
        if (role != null) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("sluice role", ports(role)));
        }
        DEFAULTS_OF_LIBRARIES.stream()
                .map(ClassPathResource::new)
                .filter(Resource::exists)
                .forEach(defaults -> addLast(environment, defaults));
        addLast(
                environment,
                new ClassPathResource("service-defaults.properties", ServiceDefaults.class));
    }

    private static void addLast(ConfigurableEnvironment environment, Resource defaults) {
        try {
            environment.getPropertySources().addLast(new ResourcePropertySource(defaults));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> ports(String role) {
        Map<String, Object> ports = new HashMap<>();
        ports.put("spring.application.name", role);
        String managementPort =
                "${sluice.%s.management-port:%d}"
                        .formatted(role, MANAGEMENT_PORTS.getOrDefault(role, 0));
        if (role.equals("edge")) {
            ports.put("server.address", "${sluice.edge.bind:127.0.0.1}");
            ports.put("server.port", "${sluice.edge.port:8080}");
            ports.put("management.server.address", "127.0.0.1");
            ports.put("management.server.port", managementPort);
            // /livez and /readyz stand on the users' port too.
            ports.put("management.endpoint.health.probes.add-additional-paths", true);
        } else {
            ports.put("server.address", "127.0.0.1");
            ports.put("server.port", managementPort);
        }
        return ports;
    }
}
