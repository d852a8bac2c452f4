package io.sluice.service;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;

/**
 * Goes on after a setting that doesn't fit, so that one check finds all of them. A record whose
 * constructor refuses after one of its settings was left out is not counted: the setting was.
 */
final class SettingsErrors extends AbstractBindHandler {
    private final Map<ConfigurationPropertyName, String> errors = new LinkedHashMap<>();

    SettingsErrors(BindHandler parent) {
        super(parent);
    }

    /** Each error as {@code key = value: cause}. */
    List<String> lines() {
        return List.copyOf(errors.values());
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name,
            Bindable<?> target,
            BindContext context,
            Exception error) {
        if (error instanceof UnboundConfigurationPropertiesException unbound) {
            unbound.getUnboundProperties().forEach(this::unknown);
            return null;
        }
        if (errors.keySet().stream().noneMatch(name::isAncestorOf)) {
            errors.put(name, line(name, target, context.getConfigurationProperty(), error));
        }
        if (context.getDepth() == 0) {
            findUnknown(name, target, context);
        }
        return null;
    }

    /**
     * A record that couldn't be made is not finished, so nobody has looked for unknown keys yet.
     */
    private void findUnknown(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context) {
        try {
            onFinish(name, target, context, null);
        } catch (UnboundConfigurationPropertiesException e) {
            e.getUnboundProperties().forEach(this::unknown);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void unknown(ConfigurationProperty property) {
        errors.computeIfAbsent(
                property.getName(),
                name -> "%s = %s: there is no such setting".formatted(name, property.getValue()));
    }

    private static String line(
            ConfigurationPropertyName name,
            Bindable<?> target,
            @Nullable ConfigurationProperty property,
            Exception error) {
        String cause = cause(target, error);
        if (cause.startsWith("sluice.")) {
            // A record in a map of them names its keys as if it stood where the first of them does.
            return cause.startsWith(name.toString()) ? cause : "%s: %s".formatted(name, cause);
        }
        return property != null && property.getName().equals(name)
                ? "%s = %s: %s".formatted(name, property.getValue(), cause)
                : "%s: %s".formatted(name, cause);
    }

    private static String cause(Bindable<?> target, Exception error) {
        Class<?> type = target.getType().toClass();
        if (type.isEnum()) {
            return "not one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value -> value.toString().toLowerCase(Locale.ROOT))
                            .toList();
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(error);
        return Objects.requireNonNullElse(root.getMessage(), root.toString())
                .lines()
                .findFirst()
                .orElse("");
    }
}
