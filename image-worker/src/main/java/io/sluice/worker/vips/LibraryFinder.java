package io.sluice.worker.vips;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * Where libvips may be, best first: the configured path, else the self-contained build that lies
 * beside this program, else the system's library under its soname, else a self-contained build in
 * one of the system's library directories.
 */
final class LibraryFinder {
    /** A path that is used instead of any other library. */
    static final String PROPERTY = "sluice.worker.libvips";

    static final String VARIABLE = "SLUICE_WORKER_LIBVIPS";

    private static final String SONAME = "libvips.so.42";
    private static final String SELF_CONTAINED = "libvips-cpp.so.8.18.*";

    /** Where the build puts it: {@code native/} beside the program's jar or class directory. */
    private static final String BUNDLED = "native";

    private LibraryFinder() {}

    static List<String> candidates(Properties properties, Map<String, String> environment) {
        String configured = properties.getProperty(PROPERTY, environment.get(VARIABLE));
        if (configured != null && !configured.isBlank()) {
            return List.of(configured);
        }
        List<String> candidates = new ArrayList<>(selfContained(bundled(properties)));
        candidates.add(SONAME);
        for (String directory : directories(properties, environment)) {
            candidates.addAll(selfContained(Path.of(directory)));
        }
        return candidates;
    }

    private static Path bundled(Properties properties) {
        String program =
                properties.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
        return Path.of(program).toAbsolutePath().normalize().resolveSibling(BUNDLED);
    }

    /** The directories that are looked into, with that of the configured path. */
    static List<Path> places(Properties properties, Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        places.add(bundled(properties));
        directories(properties, environment).forEach(place -> places.add(Path.of(place)));
        String configured = properties.getProperty(PROPERTY, environment.get(VARIABLE));
        if (configured != null && configured.contains(File.separator)) {
            places.add(Path.of(configured).toAbsolutePath().normalize().getParent());
        }
        return places;
    }

    private static Set<String> directories(Properties properties, Map<String, String> environment) {
        Set<String> directories = new LinkedHashSet<>();
        for (String path :
                List.of(
                        Objects.requireNonNullElse(environment.get("LD_LIBRARY_PATH"), ""),
                        properties.getProperty("java.library.path", ""),
                        "/usr/local/lib")) {
            directories.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        directories.remove("");
        return directories;
    }

    private static List<String> selfContained(Path directory) {
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(directory, SELF_CONTAINED)) {
                files.forEach(file -> found.add(file.toString()));
            } catch (IOException e) {
                System.err.println("no look for libvips in " + directory + ": " + e);
            }
        }
        return found;
    }
}
