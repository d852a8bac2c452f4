package io.sluice.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * A record of settings, or the type of a single one.
 *
 * @param prefix what its keys start with, or its key
 * @param type what they are bound to
 * @param strict whether a key under the prefix that the type doesn't have is an error
 */
record SettingsType(String prefix, Class<?> type, boolean strict) {
    private static final String DECLARATIONS = "META-INF/sluice-settings.properties";

    /** All settings of the classes under a package and of the declarations, in their order. */
    static List<SettingsType> in(String basePackage) {
        ClassPathScanningCandidateComponentProvider scanner =
                new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return Stream.concat(
                        scanner.findCandidateComponents(basePackage).stream()
                                .flatMap(SettingsType::annotated),
                        declared().stream())
                .sorted(Comparator.comparing(SettingsType::prefix))
                .toList();
    }

    /** The settings that each module's declarations name, because their types know no Spring. */
    static List<SettingsType> declared() {
        try {
            Properties types = PropertiesLoaderUtils.loadAllProperties(DECLARATIONS);
            return types.stringPropertyNames().stream()
                    .map(prefix -> new SettingsType(prefix, type(types.getProperty(prefix)), true))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How strictly to bind. */
    BindHandler handler() {
        return strict ? strictHandler() : BindHandler.DEFAULT;
    }

    /** Refuses keys that nothing is bound to, but not those of the environment: they are shared. */
    static BindHandler strictHandler() {
        return new NoUnboundElementsBindHandler(
                BindHandler.DEFAULT, new UnboundElementsSourceFilter());
    }

    private static Stream<SettingsType> annotated(BeanDefinition definition) {
        Class<?> type = type(Objects.requireNonNull(definition.getBeanClassName()));
        return MergedAnnotations.from(type).stream(ConfigurationProperties.class)
                .map(found ->
                        new SettingsType(
                                found.getString("prefix"),
                                type,
                                !found.getBoolean("ignoreUnknownFields")));
    }

    private static Class<?> type(String name) {
        return ClassUtils.resolveClassName(name, SettingsType.class.getClassLoader());
    }
}
