package io.sluice.edge.content;

import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.upload.Upload;
import io.sluice.model.UploadState;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Originals on their way out: only of uploads that are known clean. */
public final class Originals {
    private final DiskStore store;

    public Originals(DiskStore store) {
        this.store = store;
    }

    /**
     * Opens the original; the caller closes it. Blocks.
     *
     * @throws IllegalStateException if the upload isn't ready: asking is a bug
     * @throws java.nio.file.NoSuchFileException if it was deleted meanwhile
     */
    public FileChannel open(Upload upload) throws IOException {
        if (upload.state() != UploadState.READY) {
            throw new IllegalStateException(
                    "an upload that is " + upload.state().word() + " is never served");
        }
        return store.open(upload.id());
    }
}
