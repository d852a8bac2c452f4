package io.sluice.edge.quota;

import org.jspecify.annotations.Nullable;

/**
 * Room in a tenant's quota that one request holds while its bytes come in. It grows with what
 * comes, so that a length that was not told, or told wrong, takes no more than is there.
 *
 * <p>Confined to the request's event loop, except for {@link #close}, which gives back once.
 */
public final class Reservation implements AutoCloseable {
    private final @Nullable Ledger ledger;
    private long bytes;
    private long files;
    private long arrived;
    private long ofThisFile;
    private boolean isClosed;

    Reservation(@Nullable Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Reserves for bytes that were announced.
     *
     * @throws QuotaExceeded if there is no room for them
     */
    synchronized Reservation announced(long length) {
        if (ledger != null) {
            ledger.requireFits(length);
            hold(length, 0);
        }
        return this;
    }

    /**
     * Another file begins.
     *
     * @throws QuotaExceeded if the tenant may have no more files
     */
    public synchronized void file() {
        ofThisFile = 0;
        if (ledger != null) {
            hold(0, 1);
        }
    }

    /**
     * Bytes of the file have come.
     *
     * @throws QuotaExceeded if there is no room for them
     */
    public synchronized void bytes(int count) {
        if (ledger == null) {
            return;
        }
        ofThisFile += count;
        arrived += count;
        ledger.requireFits(ofThisFile);
        if (arrived > bytes) {
            hold(arrived - bytes, 0);
        }
    }

    private void hold(long moreBytes, long moreFiles) {
        if (ledger != null && !isClosed) {
            ledger.promise(moreBytes, moreFiles);
            bytes += moreBytes;
            files += moreFiles;
        }
    }

    /** Gives the room back: the bytes are booked by now, or dropped. */
    @Override
    public synchronized void close() {
        if (ledger != null && !isClosed) {
            ledger.release(bytes, files);
        }
        isClosed = true;
    }
}
