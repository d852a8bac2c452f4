package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.json.JsonLine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Tells each process with its pid, ports and uptime.")
final class StatusCommand implements Callable<Integer> {
    private static final String ROW = "%-14s %-9s %8s %10s %9s  %s%n";

    @Mixin private DataOption data = new DataOption();

    @Option(names = "--json", description = "for programs")
    private boolean json;

    @Override
    public Integer call() throws BadConfiguration {
        Map<String, Object> status = data.ask(Map.of("command", "status"));
        if (json) {
            System.out.println(JsonLine.write(status));
        } else {
            print(status);
        }
        return 0;
    }

    private static void print(Map<String, Object> status) {
        System.out.printf(
                "%s, pid %s, %s%n", status.get("state"), status.get("pid"), status.get("data"));
        System.out.printf(ROW, "process", "state", "pid", "uptime s", "restarts", "ports");
        if (status.get("processes") instanceof List<?> processes) {
            for (Object process : processes) {
                if (process instanceof Map<?, ?> row) {
                    System.out.printf(
                            ROW,
                            row.get("name"),
                            row.get("state"),
                            text(row.get("pid")),
                            text(row.get("uptime")),
                            row.get("restarts"),
                            ports(row.get("ports")));
                }
            }
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String ports(@Nullable Object ports) {
        return ports instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(port -> port.getKey() + " " + port.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "))
                : "";
    }
}
