package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A version that is held back must not outlive its reason. */
class PinnedVersionsTest {
    /** spring-boot-integration was not released with this one. */
    private static final String PARENT_THAT_NEEDS_THE_PIN = "4.1.1";

    @Test
    void theHeldBackModuleOfSpringBootIsLookedAtAgainWithEachNewParent() throws IOException {
        String pom = Files.readString(Path.of("..", "pom.xml"));

        assertThat(versionBehind("spring-boot-starter-parent", pom))
                .as(
                        "a new parent: try spring-boot-integration without its pin, then remove it or this version")
                .isEqualTo(PARENT_THAT_NEEDS_THE_PIN);
        assertThat(versionBehind("spring-boot-integration", pom)).isEqualTo("4.1.0");
    }

    private static String versionBehind(String artifact, String pom) {
        Matcher matcher =
                Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)")
                        .matcher(pom);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
