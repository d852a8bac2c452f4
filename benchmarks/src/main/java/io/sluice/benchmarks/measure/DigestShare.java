package io.sluice.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A program that tells what SHA-256 alone costs: CPU seconds for 1 GiB in pieces of 1 MiB. */
public final class DigestShare {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 1024;

    private DigestShare() {}

    /**
     * Prints the seconds.
     *
     * @throws NoSuchAlgorithmException never: every JDK has SHA-256
     */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        digest(piece, PIECES / 4); // until it is compiled
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        digest(piece, PIECES);
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        System.out.println((end - begin) / 1e9);
    }

    private static void digest(ByteBuffer piece, int pieces) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < pieces; i++) {
            digest.update(piece.clear());
        }
        if (digest.digest().length != 32) {
            throw new IllegalStateException("not a SHA-256");
        }
    }
}
