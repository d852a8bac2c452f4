package io.sluice.worker.sandbox;

/** The walls that were asked for can't be built; the message says which, why, and what to do. */
public final class SandboxException extends Exception {
    SandboxException(String message) {
        super(message);
    }
}
