package io.sluice.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Files to upload: those of the folder {@code test-files}, and some that are made here. */
final class TestFile {
    private static final Path FOLDER = Path.of("../test-files");

    private TestFile() {}

    /** The bytes of a file of {@code test-files}. */
    static byte[] read(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name));
    }

    /** Plain text of that length; the same seed gives the same. */
    static byte[] text(int length, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) (i % 80 == 79 ? '\n' : 'a' + random.nextInt(26));
        }
        return text;
    }

    /** A small photograph with a comment in it, so that no two are alike. */
    static byte[] photo(String comment) throws IOException {
        byte[] photo = read("display-p3.jpg");
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(photo, 0, 2);
        out.write(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) (text.length + 2)});
        out.write(text);
        out.write(photo, 2, photo.length - 2);
        return out.toByteArray();
    }

    /** EICAR's test file, put together here so that no scanner takes this source away. */
    static byte[] eicar() {
        String start = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$";
        String name = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";
        return (start + name + "!$H+" + "H*").getBytes(StandardCharsets.US_ASCII);
    }
}
