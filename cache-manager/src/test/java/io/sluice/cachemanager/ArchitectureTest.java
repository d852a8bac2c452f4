package io.sluice.cachemanager;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.sluice.cachemanager",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule needs_only_its_modules_and_the_frameworks =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "io.sluice.cachemanager..",
                            "io.sluice.cache",
                            "io.sluice.model",
                            "io.sluice.service",
                            "io.micrometer.core..",
                            "org.springframework..",
                            "org.jspecify..",
                            "org.slf4j..");

    @ArchTest
    static final ArchRule loader_and_manager_are_plain_java =
            noClasses()
                    .that()
                    .resideInAnyPackage("..loader", "..manager")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "io.micrometer..");

    @ArchTest
    static final ArchRule has_no_cycles =
            slices().matching("io.sluice.cachemanager.(*)..").should().beFreeOfCycles();
}
