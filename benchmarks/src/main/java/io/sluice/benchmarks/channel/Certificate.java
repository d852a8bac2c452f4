package io.sluice.benchmarks.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** One certificate for both ends, which trusts itself; made by {@code openssl}. */
final class Certificate {
    static final String NAME = "bench.test";
    static final String BUNDLE = "bench";

    private Certificate() {}

    /** Makes it; tells whether that was possible here. */
    static boolean make(Path directory) throws InterruptedException, IOException {
        Files.createDirectories(directory);
        try {
            return new ProcessBuilder(
                                    "openssl",
                                    "req",
                                    "-x509",
                                    "-newkey",
                                    "ec",
                                    "-pkeyopt",
                                    "ec_paramgen_curve:prime256v1",
                                    "-nodes",
                                    "-days",
                                    "2",
                                    "-subj",
                                    "/CN=" + NAME,
                                    "-addext",
                                    "subjectAltName=DNS:" + NAME,
                                    "-keyout",
                                    directory.resolve("key.pem").toString(),
                                    "-out",
                                    directory.resolve("certificate.pem").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }

    static SslBundles bundles(Path directory) {
        String certificate = "file:" + directory.resolve("certificate.pem");
        String key = "file:" + directory.resolve("key.pem");
        PemSslStore own = PemSslStore.load(new PemSslStoreDetails(null, certificate, key));
        PemSslStore trusted = PemSslStore.load(new PemSslStoreDetails(null, certificate, null));
        return new DefaultSslBundleRegistry(
                BUNDLE, SslBundle.of(new PemSslStoreBundle(own, trusted)));
    }
}
