package io.sluice.service;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * A record of settings.
 *
 * @param prefix what its keys start with
 * @param type the record
 * @param strict whether a key under the prefix that the record doesn't have is an error
 */
record SettingsType(String prefix, Class<?> type, boolean strict) {
    /** All records of settings that the classes under a package declare, in the prefixes' order. */
    static List<SettingsType> in(String basePackage) {
        ClassPathScanningCandidateComponentProvider scanner =
                new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents(basePackage).stream()
                .flatMap(SettingsType::of)
                .sorted(Comparator.comparing(SettingsType::prefix))
                .toList();
    }

    private static Stream<SettingsType> of(BeanDefinition definition) {
        Class<?> type =
                ClassUtils.resolveClassName(
                        Objects.requireNonNull(definition.getBeanClassName()), null);
        return MergedAnnotations.from(type).stream(ConfigurationProperties.class)
                .map(found ->
                        new SettingsType(
                                found.getString("prefix"),
                                type,
                                !found.getBoolean("ignoreUnknownFields")));
    }
}
