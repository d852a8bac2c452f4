package io.sluice.master.child;

import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param role edge, processor or cache-manager
 * @param name the role, with a number where several run; names the log
 * @param command the command line
 * @param environment all of its environment variables
 */
public record Program(
        String role, String name, List<String> command, Map<String, String> environment) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
