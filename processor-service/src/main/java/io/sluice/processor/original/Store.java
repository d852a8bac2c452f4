package io.sluice.processor.original;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import io.sluice.model.Job;
import io.sluice.processor.Lease;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store as a processor sees it: a root below which originals are opened one directory after the
 * other, never through a link, so that a name from the channel, or a directory that is swapped for
 * a link meanwhile, can't lead anywhere else.
 */
public final class Store {
    private final Path root;

    /** The store below a root. The root itself is the operator's word and may be a link. */
    public Store(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Opens a job's original, until the lease is closed; one that came along is open already.
     *
     * @throws RefusedOriginal if its path leads over a link or to anything but a regular file, or
     *     its size isn't the job's
     * @throws IOException if it isn't there or can't be read
     */
    public Original open(Job job, Lease lease) throws IOException {
        SeekableByteChannel passed = lease.passed().orElse(null);
        return passed == null ? openByPath(job, lease) : checked(null, passed, job, lease);
    }

    private Original openByPath(Job job, Lease lease) throws IOException {
        // A job can't be made with a path that is absolute or has a dot-dot in it.
        Path relative = Path.of(job.path());
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            if (!(stream instanceof SecureDirectoryStream<Path> directory)) {
                throw new IOException(
                        "the file system of %s can't open files relative to a directory: put the store on a local Linux file system"
                                .formatted(root));
            }
            return checked(
                    root.resolve(relative), lease.keep(open(directory, relative)), job, lease);
        }
    }

    private static Original checked(
            @Nullable Path path, SeekableByteChannel channel, Job job, Lease lease)
            throws IOException {
        if (channel.size() != job.size()) {
            throw new RefusedOriginal(
                    "original is damaged: it has %d bytes, %d were stored"
                            .formatted(channel.size(), job.size()));
        }
        return new Original(path, channel, job.size(), lease);
    }

    private static SeekableByteChannel open(SecureDirectoryStream<Path> directory, Path relative)
            throws IOException {
        Path name = relative.getName(0);
        if (relative.getNameCount() == 1) {
            return openFile(directory, name);
        }
        BasicFileAttributes found = attributes(directory, name);
        if (!found.isDirectory()) {
            throw new RefusedOriginal("the original's path leads over a link or a file: " + name);
        }
        try (SecureDirectoryStream<Path> next =
                directory.newDirectoryStream(name, NOFOLLOW_LINKS)) {
            return open(next, relative.subpath(1, relative.getNameCount()));
        }
    }

    private static SeekableByteChannel openFile(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        // Looked at before it is opened: opening a pipe for reading waits for its writer.
        if (!attributes(directory, name).isRegularFile()) {
            throw new RefusedOriginal("the original is a link or no regular file: " + name);
        }
        return directory.newByteChannel(name, Set.of(READ, NOFOLLOW_LINKS));
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }
}
