package io.sluice.master.config;

import java.util.List;

/** A key as the user spelt it, and its value. */
public record Setting(String key, String value) {
    private static final List<String> NAMESPACES =
            List.of("sluice.", "spring.", "logging.", "management.", "server.");

    /**
     * Reads {@code key=value}.
     *
     * @throws BadConfiguration if there is no {@code =}, or no program has such keys
     */
    static Setting parse(String assignment) throws BadConfiguration {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new BadConfiguration("--set " + assignment + ": write --set key=value");
        }
        String key = assignment.substring(0, equals).strip();
        if (NAMESPACES.stream().noneMatch(key::startsWith)) {
            throw new BadConfiguration(
                    "--set %s: there is no such setting; keys start with sluice."
                            .formatted(assignment));
        }
        return new Setting(key, assignment.substring(equals + 1).strip());
    }

    @Override
    public String toString() {
        return key + " = " + value;
    }
}
