package io.sluice.worker.engine;

/** This engine can't work on this machine; the message says why, and another may. */
public final class EngineUnavailableException extends Exception {
    public EngineUnavailableException(String message) {
        super(message);
    }
}
