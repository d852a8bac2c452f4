package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The entry point: {@code ./sluice COMMAND}. Every failure is a line on stderr and an exit code.
 */
@Command(
        name = "./sluice",
        description = "Receives files, scans them, makes renditions, caches and serves them.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            StopCommand.class,
            ReopenLogsCommand.class,
            DoctorCommand.class
        })
public final class Sluice implements Runnable {
    private static final int USAGE = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    private Sluice() {}

    /** Runs a command and ends with its exit code: 0 done, 1 not done, 2 not understood. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sluice())
                .addSubcommand("reload", new LaterCommand())
                .addSubcommand("upgrade", new LaterCommand())
                .setParameterExceptionHandler(Sluice::misunderstood)
                .setExecutionExceptionHandler(Sluice::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static int misunderstood(ParameterException e, String[] args) {
        e.getCommandLine()
                .getErr()
                .printf(
                        "%s; see %s --help%n",
                        e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName());
        return USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof BadConfiguration bad) {
            bad.lines().forEach(command.getErr()::println);
        } else {
            command.getErr().println(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        return 1;
    }
}
