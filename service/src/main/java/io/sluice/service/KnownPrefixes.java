package io.sluice.service;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.context.ApplicationContext;

/** The prefixes of the settings that a service checks, to tell its keys from misspelt ones. */
final class KnownPrefixes {
    private KnownPrefixes() {}

    static Set<String> of(ApplicationContext context) {
        Set<String> prefixes = of(SettingsType.declared());
        ConfigurationPropertiesBean.getAll(context)
                .values()
                .forEach(bean -> prefixes.add(bean.getAnnotation().prefix()));
        prefixes.removeIf(prefix -> !prefix.startsWith("sluice."));
        return prefixes;
    }

    static Set<String> of(Collection<SettingsType> types) {
        Set<String> prefixes = new TreeSet<>();
        types.forEach(type -> prefixes.add(type.prefix()));
        return prefixes;
    }
}
