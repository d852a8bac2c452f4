package io.sluice.cachemanager.manager;

import io.sluice.cache.CacheUpkeep;
import io.sluice.cache.Pass;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Deletes the files that killed fills left in the temp directory, a file a step. */
final class TempSweep implements Pass {
    private final CacheUpkeep upkeep;
    private final boolean orphans;
    private @Nullable DirectoryStream<Path> stream;
    private Iterator<Path> files = Collections.emptyIterator();

    TempSweep(CacheUpkeep upkeep, boolean orphans) {
        this.upkeep = upkeep;
        this.orphans = orphans;
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // Read over many steps, closed at its end.
    public boolean step() throws IOException {
        try {
            if (stream == null) {
                stream = Files.newDirectoryStream(upkeep.tempDirectory());
                files = stream.iterator();
            }
            if (files.hasNext()) {
                upkeep.removeStaleTemp(files.next(), orphans);
                return true;
            }
            stream.close();
            return false;
        } catch (NoSuchFileException e) {
            // Somebody deleted the whole directory: nothing to sweep.
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
