package io.sluice.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What keeps the edge as docs/explanation/architecture.md describes it. */
@AnalyzeClasses(packages = "io.sluice.edge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modules =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.sluice.processor..",
                            "io.sluice.worker..",
                            "io.sluice.cachemanager..",
                            "io.sluice.master..")
                    .because("processes know each other by messages only");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices()
                    .matching("io.sluice.edge.(*)..")
                    .should()
                    .beFreeOfCycles();

    @ArchTest
    static final ArchRule coreDoesNotKnowHttp =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.sluice.edge", "io.sluice.edge.http..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.sluice.edge.http..", "org.springframework.web..", "io.netty..")
                    .because("an HTTP type stops in http");

    @ArchTest
    static final ArchRule reactiveTypesStayAtTheBorders =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.sluice.edge.http..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("reactor..", "org.reactivestreams..")
                    .because("behind the borders is plain Java");

    @ArchTest
    static final ArchRule nothingIsDeserialised =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule nothingBlocksByReactor =
            noClasses()
                    .should()
                    .callMethod(Mono.class, "block")
                    .orShould()
                    .callMethod(Flux.class, "blockLast");
}
