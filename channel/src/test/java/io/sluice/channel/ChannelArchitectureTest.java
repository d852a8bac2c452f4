package io.sluice.channel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
        packages = "io.sluice.channel",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ChannelArchitectureTest {

    @ArchTest
    static final ArchRule dependsOnlyOnWhatItsRowInTheModuleTableAllows =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "javax.net.ssl..",
                            "org.jspecify..",
                            "org.slf4j..",
                            "com.google.protobuf..",
                            "io.sluice.model..",
                            "io.sluice.channel..",
                            "com.rabbitmq.client..",
                            "javax.net.ssl..",
                            "io.netty..",
                            "reactor.core..",
                            "io.micrometer.core..",
                            "tools.jackson..",
                            "org.springframework..");

    @ArchTest
    static final ArchRule springStaysAtTheBorder =
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("ChannelConfiguration")
                    .and()
                    .haveSimpleNameNotStartingWith("ChannelProperties")
                    .and()
                    .doNotBelongToAnyOf(
                            ChannelProperties.class,
                            AmqpProperties.class,
                            GroupProperties.class,
                            PipeProperties.class,
                            JobInboundAdapter.class,
                            JobOutboundGateway.class)
                    .and()
                    // They hand SSL bundles on, and make TLS contexts of them.
                    .haveNameNotMatching(
                            "io\\.sluice\\.channel\\.(group\\.Channels|tcp\\.(Tcp|Tls)\\w+)(\\$.*)?")
                    .and()
                    .resideOutsideOfPackage("io.sluice.channel.amqp")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule nettyStaysInside =
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage("io.sluice.channel", "io.sluice.channel.group")
                    .and()
                    .arePublic()
                    .should()
                    .notHaveRawReturnType(resideInAPackage("io.netty.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.sluice.channel.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theContractKnowsNoneOfThem =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.sluice.channel", "io.sluice.channel.frame")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.sluice.channel.unix..",
                            "io.sluice.channel.tcp..",
                            "io.sluice.channel.pipe..",
                            "io.sluice.channel.group..");

    @ArchTest
    static final ArchRule noObjectIsDeserialised =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule noClockButTheInjectedOne =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
