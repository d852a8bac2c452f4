package io.sluice.systemtests;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all test classes that want it the same Sluice, started for the first and stopped after the
 * last: starting is the expensive part. Its settings are those of {@code shared.yaml}.
 */
final class Shared implements ParameterResolver {
    /** The largest upload, set small so that one over it is cheap. */
    static final long MAX_SIZE = 32L << 20;

    private static final Namespace NAMESPACE = Namespace.create(Shared.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sluice.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Sluice.class, _ -> start(), Sluice.class);
    }

    private static Sluice start() {
        try {
            return Launch.fresh("shared")
                    .withConfig(Path.of("src/test/resources/shared.yaml"))
                    .with("sluice.upload.max-size", MAX_SIZE + "B")
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
