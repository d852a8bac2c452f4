package io.sluice.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.processor.scan.HashSignatures.DigestKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashSignaturesTest {
    private static final String MD5 = "44d88612fea8a8f36de82e1278abb02f";

    @TempDir Path directory;

    @Test
    void areReadFromBothKindsOfFilesAndNoOthers() throws IOException {
        Files.writeString(directory.resolve("a.hdb"), "# comment\n\n" + MD5 + ":68:Eicar\n");
        Files.writeString(directory.resolve("b.hsb"), "ab".repeat(32) + ":*:Any.Size:73\n");
        Files.writeString(directory.resolve("readme.txt"), "no signature");
        HashSignatures signatures = HashSignatures.read(directory);
        assertThat(signatures.count()).isEqualTo(2);
        byte[] digest = HexFormat.of().parseHex(MD5);
        assertThat(signatures.find(DigestKind.MD5, digest, 68)).contains("Eicar");
        assertThat(signatures.find(DigestKind.MD5, digest, 69)).isEmpty();
    }

    @Test
    void spareTheDigestOfASizeThatNoneHas() throws IOException {
        Files.writeString(directory.resolve("a.hdb"), MD5.toUpperCase(Locale.ROOT) + ":68:Eicar\n");
        HashSignatures signatures = HashSignatures.read(directory);
        assertThat(signatures.mayHave(DigestKind.MD5, 68)).isTrue();
        assertThat(signatures.mayHave(DigestKind.MD5, 67)).isFalse();
        assertThat(signatures.mayHave(DigestKind.SHA256, 68)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "abcd:68:Short",
                "44d88612fea8a8f36de82e1278abb02f:x:Size",
                "44d88612fea8a8f36de82e1278abb02f:68:",
                "zzd88612fea8a8f36de82e1278abb02f:68:Hex"
            })
    void nameTheLineThatMakesNoSense(String line) throws IOException {
        Files.writeString(directory.resolve("bad.hdb"), MD5 + ":68:Eicar\n" + line + "\n");
        assertThatThrownBy(() -> HashSignatures.read(directory))
                .hasMessageStartingWith("sluice.scan.hashes = " + directory)
                .hasMessageContaining("line 2 of bad.hdb");
    }

    @Test
    void needTheDirectoryThatTheSettingNames() {
        assertThatThrownBy(() -> HashSignatures.read(directory.resolve("none")))
                .hasMessageContaining("is no directory");
    }
}
