package io.sluice.cache;

import java.io.IOException;
import java.nio.file.Path;

/** A program that fills the cache below its argument until it is killed. */
final class FillingProcess {
    private FillingProcess() {}

    public static void main(String[] arguments) throws IOException {
        TestCache files = new TestCache(Path.of(arguments[0])).withMaxSize("512KiB");
        try (DiskCache cache = files.open()) {
            for (long i = 0; ; i++) {
                String key = "key" + i % 200;
                TestCache.put(cache, key, key.repeat((int) (1 + i % 3000)));
                if (i == 0) {
                    System.out.println("filling");
                }
            }
        }
    }
}
