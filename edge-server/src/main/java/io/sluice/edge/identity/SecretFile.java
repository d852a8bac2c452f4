package io.sluice.edge.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file below {@code secrets/} that its owner alone can read. */
record SecretFile(Path path) {

    static SecretFile in(Path secrets, String name) throws IOException {
        Files.createDirectories(
                secrets,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new SecretFile(secrets.resolve(name));
    }

    /** Puts the text on the disk, in the place of what was there. */
    void write(String text) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(path, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }
}
