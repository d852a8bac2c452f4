package io.sluice.master.child;

import io.sluice.master.config.BadConfiguration;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the programs lie and what runs them.
 *
 * @param home the directory with the modules
 * @param java the JDK's java
 * @param training whether the programs are run to make their ahead-of-time caches
 */
public record Installation(Path home, Path java, boolean training) {
    /** Each role with the module that is its program. */
    private static final List<String[]> MODULES =
            List.of(
                    new String[] {"cache-manager", "cache-manager"},
                    new String[] {"processor", "processor-service"},
                    new String[] {"edge", "edge-server"});

    /** This master's own installation: the script says where. */
    public static Installation current() {
        return new Installation(
                Path.of(System.getProperty("sluice.home", ".")).toAbsolutePath().normalize(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Boolean.getBoolean("sluice.training"));
    }

    /** The roles in the order in which they are started. */
    public static List<String> roles() {
        return MODULES.stream().map(module -> module[0]).toList();
    }

    /**
     * The program of a role.
     *
     * @throws BadConfiguration if it isn't built
     */
    public Path jar(String role) throws BadConfiguration {
        String module =
                MODULES.stream()
                        .filter(entry -> entry[0].equals(role))
                        .findFirst()
                        .orElseThrow()[1];
        Path target = home.resolve(module).resolve("target");
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, module + "-*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw new BadConfiguration(target + ": not built; run ./sluice, which builds it");
        }
        return jars.stream()
                .filter(jar ->
                        Stream.of("-tests.jar", "-sources.jar").noneMatch(jar.toString()::endsWith))
                .sorted()
                .reduce((first, second) -> second)
                .orElseThrow(() ->
                        new BadConfiguration(
                                target + ": no program; run ./sluice, which builds it"));
    }
}
