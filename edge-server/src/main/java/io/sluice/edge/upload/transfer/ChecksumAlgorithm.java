package io.sluice.edge.upload.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** What the bytes of one request can be checked by. */
public enum ChecksumAlgorithm {
    SHA256("SHA-256", 32),
    SHA512("SHA-512", 64),
    SHA1("SHA-1", 20),
    MD5("MD5", 16),
    CRC32C("", 4);

    private final String jdkName;
    private final int length;

    ChecksumAlgorithm(String jdkName, int length) {
        this.jdkName = jdkName;
        this.length = length;
    }

    /** Its name in tus: {@code sha256}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How long a checksum is, in bytes. */
    public int length() {
        return length;
    }

    /** The algorithm of that name, spelled exactly so. */
    public static Optional<ChecksumAlgorithm> ofWord(String word) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.word().equals(word)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    MessageDigest begin() {
        try {
            return this == CRC32C ? new Crc32c() : MessageDigest.getInstance(jdkName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has " + jdkName, e);
        }
    }
}
