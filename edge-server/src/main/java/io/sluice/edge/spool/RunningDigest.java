package io.sluice.edge.spool;

import io.sluice.model.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a file's first bytes, ready to go on with the next ones. It outlives the open
 * file, so that an upload that comes in many requests is hashed once. One thread at a time.
 */
public final class RunningDigest {
    private final MessageDigest digest;
    private long length;

    private RunningDigest(MessageDigest digest, long length) {
        this.digest = digest;
        this.length = length;
    }

    /** Of no bytes yet. */
    public static RunningDigest begin() {
        try {
            return new RunningDigest(MessageDigest.getInstance("SHA-256"), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** How many bytes it stands for. */
    public long length() {
        return length;
    }

    /** Takes what remains in the buffer. */
    void update(ByteBuffer bytes) {
        length += bytes.remaining();
        digest.update(bytes);
    }

    /** The same state once more: what is added to one is not in the other. */
    RunningDigest copy() {
        return new RunningDigest(copyOf(digest), length);
    }

    /** The digest of the bytes so far; more may follow. */
    public Sha256 sha256() {
        return Sha256.of(copyOf(digest).digest());
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }
}
