package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashScannerTest extends ScannerContract {
    @TempDir Path hashes;

    @Override
    Scanner scanner() throws Exception {
        return scanner("MD5", "marker.hdb", Integer.toString(MARKED.length));
    }

    private Scanner scanner(String algorithm, String file, String size) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(MARKED);
        Files.writeString(
                hashes.resolve(file),
                "%s:%s:%s:73\n".formatted(HexFormat.of().formatHex(digest), size, MARKER));
        return new HashScanner(HashSignatures.read(hashes));
    }

    @ParameterizedTest
    @CsvSource({"MD5, a.hdb", "SHA-1, b.hsb", "SHA-256, c.hsb"})
    void findsDigestsOfEachKindAndAnySize(String algorithm, String file) throws Exception {
        assertThat(scanner(algorithm, file, "*").scan(original(MARKED), lease))
                .isEqualTo(new ScanResult.Infected("hash-list", MARKER));
    }

    @Test
    void findsTheTestFileAlsoWithSomethingBehindIt() throws IOException {
        byte[] longer = java.util.Arrays.copyOf(Eicar.bytes(), 5000);
        assertThat(new HashScanner(HashSignatures.none()).scan(original(longer), lease))
                .isEqualTo(new ScanResult.Infected("hash-list", "Eicar-Test-Signature"));
    }
}
