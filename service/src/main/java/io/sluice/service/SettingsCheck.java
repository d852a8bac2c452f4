package io.sluice.service;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Validates all settings of a service without starting it: no socket, no database, no thread. */
final class SettingsCheck {
    private static final String BASE_PACKAGE = "io.sluice";
    private static final String EDGE_BUNDLE = "sluice.edge.tls.bundle";

    private SettingsCheck() {}

    /** Prints each error as a line, then answers the exit code. */
    static int run(String role, String[] args, PrintStream out) {
        SpringApplication application = SluiceService.application(Nothing.class, role);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(
                Map.of(SluiceService.ROLE, role, "logging.level.root", "off"));
        try (ConfigurableApplicationContext context = application.run(args)) {
            List<SettingsType> types = SettingsType.in(BASE_PACKAGE);
            List<String> errors = new ArrayList<>(errors(context.getEnvironment(), types));
            String bundle = context.getEnvironment().getProperty(EDGE_BUNDLE);
            if (role.equals("edge") && bundle != null) {
                bundleError(context.getBean(SslBundles.class), bundle)
                        .map(error -> "%s = %s: %s".formatted(EDGE_BUNDLE, bundle, error))
                        .ifPresent(errors::add);
            }
            errors.forEach(out::println);
            if (context.getEnvironment().getProperty("sluice.check", "").equals("prefixes")) {
                KnownPrefixes.of(types).forEach(prefix -> out.println("knows " + prefix));
            }
            return errors.isEmpty() ? 0 : 1;
        } catch (RuntimeException e) {
            out.println(FailureMessage.rootMessage(e));
            return 1;
        }
    }

    /** All errors of the settings in an environment. */
    static List<String> errors(Environment environment) {
        return errors(environment, SettingsType.in(BASE_PACKAGE));
    }

    private static List<String> errors(Environment environment, List<SettingsType> types) {
        Binder binder = Binder.get(environment);
        List<String> errors = new ArrayList<>();
        for (SettingsType type : types) {
            SettingsErrors handler = new SettingsErrors(type.handler());
            if (type.type().isRecord()) {
                binder.bindOrCreate(type.prefix(), Bindable.of(type.type()), handler);
            } else {
                binder.bind(type.prefix(), Bindable.of(type.type()), handler);
            }
            errors.addAll(handler.lines());
        }
        return errors;
    }

    /** What is wrong with a bundle's certificate or key. */
    private static Optional<String> bundleError(SslBundles bundles, String name) {
        try {
            bundles.getBundle(name).getManagers().getKeyManagers();
            return Optional.empty();
        } catch (NoSuchSslBundleException e) {
            return Optional.of("there is no such bundle below spring.ssl.bundle");
        } catch (RuntimeException e) {
            return Optional.of("can't be used: " + FailureMessage.rootMessage(e));
        }
    }

    /** The application of a check has no beans, but for what reads certificates. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SslAutoConfiguration.class)
    static class Nothing {}
}
