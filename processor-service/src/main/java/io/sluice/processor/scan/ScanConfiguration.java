package io.sluice.processor.scan;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The chain of scanners, as the settings and the machine have it: the built-in one first. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScanProperties.class)
class ScanConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ScanConfiguration.class);
    private static final List<Path> DEBIAN_SOCKETS =
            List.of(Path.of("/run/clamav/clamd.ctl"), Path.of("/var/run/clamav/clamd.ctl"));

    @Bean
    ScanStep scanStep(ScanProperties properties, InstantSource clock) throws IOException {
        List<Scanner> scanners = new ArrayList<>();
        HashSignatures hashes =
                properties.hashes() == null
                        ? HashSignatures.none()
                        : HashSignatures.read(properties.hashes());
        scanners.add(new HashScanner(hashes));
        Optional<Scanner> clamd = clamd(properties.clamd(), DEBIAN_SOCKETS, clock);
        clamd.ifPresent(scanners::add);
        log.info(
                "scanning with {} hashes and {}",
                hashes.count(),
                clamd.isPresent() ? "clamd" : "without clamd (sluice.scan.clamd.address)");
        return new ScanStep(scanners, clock);
    }

    /** The clamd of the settings; for {@code auto} the one at the first socket that is there. */
    static Optional<Scanner> clamd(
            ScanProperties.Clamd properties, List<Path> sockets, InstantSource clock) {
        return switch (properties.address()) {
            case ClamdAddress.Off _ -> Optional.empty();
            case ClamdAddress.Auto _ ->
                    sockets.stream()
                            .filter(Files::exists)
                            .findFirst()
                            .map(ClamdAddress.Unix::new)
                            .map(unix -> scanner(properties, unix::socket, true, clock));
            case ClamdAddress.Unix unix ->
                    Optional.of(scanner(properties, unix::socket, true, clock));
            case ClamdAddress.Tcp tcp ->
                    Optional.of(scanner(properties, tcp::socket, false, clock));
        };
    }

    private static Scanner scanner(
            ScanProperties.Clamd properties,
            Supplier<SocketAddress> address,
            boolean sharesPaths,
            InstantSource clock) {
        ClamdClient client = new ClamdClient(address, properties.timeout());
        return new ClamdScanner(
                client,
                sharesPaths,
                properties.maxFileSize(),
                new LengthProof(client, properties.maxFileSize().bytes(), clock));
    }
}
