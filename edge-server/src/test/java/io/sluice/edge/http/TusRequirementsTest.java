package io.sluice.edge.http;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every MUST and SHOULD of tus 1.0.0 that binds a server, and every MUST NOT and SHOULD NOT. */
@ExtendWith(WithEdgeServer.class)
class TusRequirementsTest {
    private final TusDialogue tus;

    TusRequirementsTest(EdgeServer edge) {
        this.tus = new TusDialogue(edge);
    }

    static Stream<TusRequirement> all() {
        return Stream.of(
                        TusCoreRequirements.all(),
                        TusCreationRequirements.all(),
                        TusExtensionRequirements.all(),
                        TusConcatenationRequirements.all())
                .flatMap(rows -> rows);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isMet(TusRequirement requirement) throws Exception {
        requirement.exchange().check(tus);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        tus.tus().dropUnfinished();
    }
}
