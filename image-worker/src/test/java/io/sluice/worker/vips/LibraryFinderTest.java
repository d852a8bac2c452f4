package io.sluice.worker.vips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFinderTest {

    @Test
    void takesTheConfiguredPathAndNoOther() {
        var properties = new Properties();
        properties.setProperty(LibraryFinder.PROPERTY, "/opt/libvips.so");
        assertThat(
                        LibraryFinder.candidates(
                                properties, Map.of(LibraryFinder.VARIABLE, "/opt/other.so")))
                .containsExactly("/opt/libvips.so");
        assertThat(
                        LibraryFinder.candidates(
                                new Properties(), Map.of(LibraryFinder.VARIABLE, "/opt/other.so")))
                .containsExactly("/opt/other.so");
    }

    @Test
    void prefersTheSystemsLibraryToASelfContainedOne(@TempDir Path directory) throws IOException {
        Path library = Files.createFile(directory.resolve("libvips-cpp.so.8.18.7"));
        Files.createFile(directory.resolve("libvips-cpp.so.8.17.3"));
        var properties = new Properties();
        properties.setProperty("java.library.path", directory + ":/no/such/directory");
        assertThat(LibraryFinder.candidates(properties, Map.of()))
                .startsWith("libvips.so.42", library.toString())
                .doesNotContain(directory.resolve("libvips-cpp.so.8.17.3").toString());
    }
}
