package io.sluice.service;

import java.util.Map;
import java.util.Set;

/** What a service tells the master, one JSON object a line. */
sealed interface LinkMessage {
    /** The fields of the JSON object. */
    Map<String, Object> fields();

    /** The first message: which process speaks. */
    record Starting(String role, long pid) implements LinkMessage {
        @Override
        public Map<String, Object> fields() {
            return Map.of("notify", "starting", "role", role, "pid", pid);
        }
    }

    /**
     * The service takes traffic.
     *
     * @param ports by name: http, management
     * @param knows prefixes of the settings that this service checks itself, so that the master can
     *     tell a misspelt key from another service's
     */
    record Ready(Map<String, Integer> ports, Set<String> knows) implements LinkMessage {
        public Ready {
            ports = Map.copyOf(ports);
            knows = Set.copyOf(knows);
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("notify", "ready", "ports", ports, "knows", knows);
        }
    }

    /** The service runs but takes no traffic. */
    record Unready(String reason) implements LinkMessage {
        @Override
        public Map<String, Object> fields() {
            return Map.of("notify", "unready", "reason", reason);
        }
    }

    /** The service can't start and ends. */
    record Failed(String message) implements LinkMessage {
        @Override
        public Map<String, Object> fields() {
            return Map.of("notify", "failed", "message", message);
        }
    }
}
