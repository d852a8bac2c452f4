package io.sluice.service;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Validates all settings of a service without starting it: no socket, no database, no thread. */
final class SettingsCheck {
    private static final String BASE_PACKAGE = "io.sluice";

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
            List<String> errors = errors(context.getEnvironment(), types);
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

    /** The application of a check has no beans. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
