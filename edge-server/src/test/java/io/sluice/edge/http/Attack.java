package io.sluice.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;

/**
 * One way to hurt an edge. What it sends is ISO 8859-1, and differs a little each time: in lengths,
 * fields and where it goes to.
 *
 * @param name what is wrong with it
 * @param request makes the bytes of one connection, complete, so that the edge has nothing to wait
 *     for
 */
record Attack(String name, Function<Random, String> request) {
    /** What a request that was smuggled in would be; that it is answered is the harm done. */
    static final String SMUGGLED = "GET /livez HTTP/1.1\r\nHost: smuggled\r\n\r\n";

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    byte[] bytes(Random random) {
        return request.apply(random).getBytes(StandardCharsets.ISO_8859_1);
    }

    static String word(Random random, int length) {
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    /** Harmless fields, so that the harmful one is not always at the same place. */
    static String padding(Random random) {
        StringBuilder fields = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.append("X-").append(word(random, 1 + random.nextInt(12))).append(": ");
            fields.append(word(random, random.nextInt(60))).append("\r\n");
        }
        return fields.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
