package io.sluice.model;

import java.util.HexFormat;

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) {

    public Sha256 {
        if (hex.length() != 64
                || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + hex);
        }
    }

    /** Of a digest's 32 bytes. */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** The digest's 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
