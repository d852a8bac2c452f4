package io.sluice.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every MUST, MUST NOT, SHOULD and SHOULD NOT of draft-ietf-httpbis-resumable-upload (interop
 * version 8) that binds a server, in the order of its text.
 */
@ExtendWith(WithEdgeServer.class)
class IetfRequirementsTest {
    private final EdgeServer edge;

    IetfRequirementsTest(EdgeServer edge) {
        this.edge = edge;
    }

    @AfterEach
    void leaveNothing() throws Exception {
        new TusClient(edge.client()).dropUnfinished();
    }

    @TestFactory
    Stream<DynamicTest> ofTheUploadsState() {
        return tests(new IetfStateRequirements(edge).all());
    }

    @TestFactory
    Stream<DynamicTest> ofCreation() {
        return tests(new IetfCreationRequirements(edge).all());
    }

    @TestFactory
    Stream<DynamicTest> ofAppends() {
        return tests(new IetfAppendRequirements(edge).all());
    }

    @TestFactory
    Stream<DynamicTest> ofSafety() {
        return tests(new IetfSafetyRequirements(edge).all());
    }

    private static Stream<DynamicTest> tests(List<Requirement> requirements) {
        assertThat(requirements).isNotEmpty();
        return requirements.stream()
                .map(each -> DynamicTest.dynamicTest(each.title(), each.exchange()::run));
    }
}
