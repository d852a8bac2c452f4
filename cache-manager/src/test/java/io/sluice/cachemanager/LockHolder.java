package io.sluice.cachemanager;

import java.io.IOException;
import java.nio.file.Path;

/** A program that leads on the directory of its argument until it is killed. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (LeaderLock lock = new LeaderLock(Path.of(arguments[0]))) {
            System.out.println(lock.tryAcquire());
            int end = System.in.read();
            System.out.println(end);
        }
    }
}
