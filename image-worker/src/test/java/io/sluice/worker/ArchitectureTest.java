package io.sluice.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.sluice.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule needsNoFramework =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..", "io.netty..", "reactor..", "java.net..")
                    .because("a worker starts in a blink, and has no network to talk to");

    @ArchTest
    static final ArchRule knowsOnlyTheSharedModel =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.sluice.cache..",
                            "io.sluice.channel..",
                            "io.sluice.service..",
                            "io.sluice.edge..",
                            "io.sluice.processor..");

    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("io.sluice.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule callsNativeCodeInTwoPlaces =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.sluice.worker.vips..", "io.sluice.worker.sandbox..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");
}
