package io.sluice.master.child;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.config.MasterSettings;
import io.sluice.master.config.Setting;
import io.sluice.master.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the command lines of the services. */
public final class Programs {
    /**
     * A session of its own keeps the terminal's Ctrl-C from the children: the master drains them.
     */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Installation installation;
    private final Settings settings;
    private final MasterSettings master;
    private final Map<String, String> environment;

    /**
     * The programs of an installation.
     *
     * @param environment the master's own
     */
    public Programs(
            Installation installation,
            Settings settings,
            MasterSettings master,
            Map<String, String> environment) {
        this.installation = installation;
        this.settings = settings;
        this.master = master;
        this.environment = environment;
    }

    /**
     * Every process to start, in order.
     *
     * @throws BadConfiguration if something isn't built
     */
    public List<Program> all() throws BadConfiguration {
        List<Program> programs = new ArrayList<>();
        for (String role : Installation.roles()) {
            if (role.equals("processor")) {
                programs.addAll(processors());
            } else {
                programs.add(program(role, role, List.of()));
            }
        }
        return programs;
    }

    private List<Program> processors() throws BadConfiguration {
        int all = master.processors().values().stream().mapToInt(Integer::intValue).sum();
        List<Program> programs = new ArrayList<>();
        for (Map.Entry<String, Integer> group : master.processors().entrySet()) {
            for (int number = 1; number <= group.getValue(); number++) {
                List<String> own = new ArrayList<>();
                String name = Integer.toString(number);
                if (!group.getKey().isEmpty()) {
                    name = group.getKey() + "-" + number;
                    own.add("--sluice.channel.group=" + group.getKey());
                }
                own.add("--sluice.processor.name=" + name);
                if (!programs.isEmpty()) {
                    // One port can be had once: the others take free ones, which status names.
                    own.add("--sluice.processor.management-port=0");
                }
                programs.add(
                        program("processor", all == 1 ? "processor" : "processor-" + name, own));
            }
        }
        return programs;
    }

    /**
     * The program of a role, with more arguments.
     *
     * @throws BadConfiguration if it isn't built
     */
    public Program check(String role, String... more) throws BadConfiguration {
        List<String> command = new ArrayList<>(java(role));
        command.addAll(arguments(List.of()));
        command.addAll(List.of(more));
        return new Program(role, role, command, ChildEnvironment.of(environment));
    }

    private Program program(String role, String name, List<String> own) throws BadConfiguration {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(java(role));
        command.addAll(arguments(own));
        command.addAll(own);
        Map<String, String> variables = ChildEnvironment.of(environment);
        variables.put("SLUICE_MASTER", master.data().socket().toString());
        return new Program(role, name, command, variables);
    }

    private List<String> java(String role) throws BadConfiguration {
        Path jar = installation.jar(role);
        List<String> command = new ArrayList<>();
        command.add(installation.java().toString());
        command.addAll(JvmFlags.of(role, master.heaps()));
        AotCache.flag(jar, installation.training()).ifPresent(command::add);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** Without what a process has of its own: Spring would put both values into one list. */
    private List<String> arguments(List<String> own) {
        List<String> arguments = new ArrayList<>();
        // Not the current directory's application.yaml: that is another program's.
        arguments.add("--spring.config.location=optional:classpath:/");
        settings.location()
                .map(file -> "--spring.config.additional-location=file:" + file.toAbsolutePath())
                .ifPresent(arguments::add);
        for (Setting setting : settings.commandLine()) {
            String option = "--" + setting.key() + "=";
            if (!setting.key().equals("sluice.data")
                    && own.stream().noneMatch(argument -> argument.startsWith(option))) {
                arguments.add(option + setting.value());
            }
        }
        arguments.add("--sluice.data=" + master.data().root());
        return arguments;
    }
}
