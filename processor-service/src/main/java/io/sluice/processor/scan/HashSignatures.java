package io.sluice.processor.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Digests of known malware, read from ClamAV's {@code .hdb} (MD5:size:name) and {@code .hsb} (SHA-1
 * or SHA-256:size:name) files, where a size of {@code *} stands for any. Immutable once read.
 */
final class HashSignatures {
    /** About 200 bytes of heap each. */
    private static final int MOST = 200_000;

    private static final long ANY_SIZE = -1;

    private final Map<DigestKind, Map<String, Signature>> signatures =
            new EnumMap<>(DigestKind.class);
    private final Map<DigestKind, Set<Long>> sizes = new EnumMap<>(DigestKind.class);
    private int count;

    /** The digests that the files use. */
    enum DigestKind {
        MD5("MD5", 32),
        SHA1("SHA-1", 40),
        SHA256("SHA-256", 64);

        final String algorithm;
        final int digits;

        DigestKind(String algorithm, int digits) {
            this.algorithm = algorithm;
            this.digits = digits;
        }

        static Optional<DigestKind> of(String hex) {
            return Stream.of(values()).filter(kind -> kind.digits == hex.length()).findFirst();
        }
    }

    private record Signature(long size, String name) {}

    /** No signature at all. */
    static HashSignatures none() {
        return new HashSignatures();
    }

    /**
     * Reads all files of a directory.
     *
     * @throws IllegalArgumentException if there is none, or a line of a file makes no sense
     */
    static HashSignatures read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "sluice.scan.hashes = %s: is no directory; make it, or leave the setting out"
                            .formatted(directory));
        }
        HashSignatures signatures = new HashSignatures();
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(HashSignatures::isSignatureFile).sorted().toList();
        }
        for (Path file : files) {
            signatures.readFile(file);
        }
        return signatures;
    }

    private static boolean isSignatureFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".hdb") || name.endsWith(".hsb");
    }

    private void readFile(Path file) throws IOException {
        try (var lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#") && !add(line.strip())) {
                    throw new IllegalArgumentException(
                            "sluice.scan.hashes = %s: line %d of %s is not digest:size:name, or is one of more than %d; mend or remove it"
                                    .formatted(file.getParent(), number, file.getFileName(), MOST));
                }
            }
        }
    }

    private boolean add(String line) {
        String[] fields = line.split(":", -1);
        Optional<DigestKind> kind = DigestKind.of(fields[0]);
        if (fields.length < 3
                || kind.isEmpty()
                || !fields[0].matches("\\p{XDigit}+")
                || !fields[1].matches("\\*|\\d{1,18}")
                || fields[2].isBlank()
                || ++count > MOST) {
            return false;
        }
        long size = fields[1].equals("*") ? ANY_SIZE : Long.parseLong(fields[1]);
        signatures
                .computeIfAbsent(kind.get(), _ -> new HashMap<>())
                .put(canonical(fields[0]), new Signature(size, fields[2]));
        sizes.computeIfAbsent(kind.get(), _ -> new HashSet<>()).add(size);
        return true;
    }

    private static String canonical(String hex) {
        return HexFormat.of().formatHex(HexFormat.of().parseHex(hex));
    }

    /** Whether a file of that size may be among the digests of a kind: if not, spare the digest. */
    boolean mayHave(DigestKind kind, long size) {
        Set<Long> known = sizes.getOrDefault(kind, Set.of());
        return known.contains(size) || known.contains(ANY_SIZE);
    }

    /** The name of what has this digest and size. */
    Optional<String> find(DigestKind kind, byte[] digest, long size) {
        Signature found =
                signatures.getOrDefault(kind, Map.of()).get(HexFormat.of().formatHex(digest));
        return found != null && (found.size == ANY_SIZE || found.size == size)
                ? Optional.of(found.name)
                : Optional.empty();
    }

    /** How many there are. */
    int count() {
        return count;
    }
}
