package io.sluice.edge.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** Gives tests one edge with usual settings, started once for all of them. */
final class WithEdgeServer implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(WithEdgeServer.class);

    private record Shared(EdgeServer server) implements AutoCloseable {
        static Shared start() {
            try {
                return new Shared(
                        EdgeServer.start(
                                Files.createTempDirectory("sluice-edge"),
                                "sluice.upload.max-size=4MiB",
                                "sluice.upload.max-files=10"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            Path data = server.data();
            server.close();
            FileSystemUtils.deleteRecursively(data);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EdgeServer.class;
    }

    @Override
    public EdgeServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, _ -> Shared.start(), Shared.class)
                .server();
    }
}
