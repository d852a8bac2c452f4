package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.http.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A problem's type URI ends with its page's name. Those of files have pages, too. */
class ProblemPagesTest {
    private static final Path PAGES = Path.of("../docs/reference/problems");

    @Test
    void areThereAndLinkedAndTellTheStatus() throws Exception {
        String index = Files.readString(PAGES.resolve("README.md"));
        for (Problem problem : Problem.values()) {
            assertThat(index).contains("(" + problem.code() + ".md)");
            assertThat(Files.readString(PAGES.resolve(problem.code() + ".md")))
                    .as(problem.code())
                    .contains(Integer.toString(problem.status()));
        }
    }
}
