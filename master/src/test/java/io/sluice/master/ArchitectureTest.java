package io.sluice.master;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The master must stay the most boring process of the house. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideInAPackage("io.sluice.master..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "io.netty..", "reactor..");

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE_THAN_THE_MODEL =
            noClasses()
                    .that()
                    .resideInAPackage("io.sluice.master..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.sluice.service..",
                            "io.sluice.cache..",
                            "io.sluice.channel..",
                            "io.sluice.edge..",
                            "io.sluice.processor..",
                            "io.sluice.worker..");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.sluice.master.(*)..").should().beFreeOfCycles();
}
