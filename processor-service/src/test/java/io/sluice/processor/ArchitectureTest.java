package io.sluice.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import org.springframework.context.annotation.Bean;

@AnalyzeClasses(
        packages = "io.sluice.processor",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule needs_only_its_modules_and_the_frameworks =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "io.sluice.processor..",
                            "io.sluice.cache",
                            "io.sluice.channel",
                            "io.sluice.channel.group",
                            "io.sluice.model..",
                            "io.sluice.service",
                            "com.google.protobuf..",
                            "io.micrometer.core..",
                            "org.apache.tika..",
                            "org.jspecify..",
                            "org.slf4j..",
                            "org.springframework..");

    @ArchTest
    static final ArchRule reads_no_serialized_objects_and_no_files_by_name =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ObjectInputStream.class, File.class);

    @ArchTest
    static final ArchRule decodes_no_picture_in_this_process =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javax.imageio..", "java.awt..", "io.sluice.worker..");

    @ArchTest
    static final ArchRule opens_originals_in_one_place =
            noClasses()
                    .that()
                    .resideInAnyPackage("..check", "..scan", "..job")
                    .and()
                    .haveSimpleNameNotStartingWith("HashSignatures")
                    .and()
                    .haveSimpleNameNotEndingWith("Configuration")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.nio.file.Files");

    @ArchTest
    static final ArchRule asks_the_injected_clock =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule keeps_its_beans_to_itself =
            methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule has_no_cycles =
            slices().matching("io.sluice.processor.(*)..").should().beFreeOfCycles();
}
