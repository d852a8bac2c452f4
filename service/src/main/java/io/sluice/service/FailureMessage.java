package io.sluice.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Why a service can't start, in one line that names the setting, its value and the remedy.
 *
 * @param text the line
 * @param understood whether the line says it all, so that no stack trace is needed
 */
record FailureMessage(String text, boolean understood) {
    /** A chain of causes may be a ring. */
    private static final int DEEPEST = 50;

    static FailureMessage of(Throwable failure, String role, @Nullable Environment environment) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof PortInUseException inUse && environment != null) {
                return new FailureMessage(portInUse(inUse.getPort(), role, environment), true);
            }
            if (cause instanceof BindException && environment != null) {
                List<String> errors = SettingsCheck.errors(environment);
                if (!errors.isEmpty()) {
                    return new FailureMessage(String.join("; ", errors), true);
                }
            }
        }
        String message = rootMessage(failure);
        return new FailureMessage(message, message.startsWith("sluice."));
    }

    /**
     * The first line of the innermost cause, with its kind where the text alone says too little.
     */
    static String rootMessage(Throwable failure) {
        Throwable root =
                Objects.requireNonNullElse(NestedExceptionUtils.getRootCause(failure), failure);
        String message =
                Objects.requireNonNullElse(root.getMessage(), "").lines().findFirst().orElse("");
        return message.startsWith("sluice.")
                ? message
                : (root.getClass().getSimpleName() + ": " + message);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure;
                cause != null && causes.size() < DEEPEST;
                cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static String portInUse(int port, String role, Environment environment) {
        String key =
                role.equals("edge")
                                && environment.getProperty("server.port", Integer.class, 0) == port
                        ? "sluice.edge.port"
                        : "sluice." + role + ".management-port";
        return "%s = %d: the port is in use; stop the program that has it, or choose another with --set %s=N"
                .formatted(key, port, key);
    }
}
