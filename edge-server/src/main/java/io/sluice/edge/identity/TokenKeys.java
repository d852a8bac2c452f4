package io.sluice.edge.identity;

import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign upload tokens, in {@code secrets/upload-tokens.keys}: a line each, an id and
 * 32 bytes or more in base64url. The first signs; the others are still believed, so that a new line
 * at the top changes the key without ending a token.
 */
final class TokenKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int MOST = 16;

    private final SecretFile file;
    private volatile List<Hmac> keys;

    TokenKeys(DataDirectory data) throws IOException {
        file = SecretFile.in(data.secrets(), "upload-tokens.keys");
        if (!Files.exists(file.path())) {
            file.write(random().line());
        }
        keys = read();
    }

    private static Hmac random() {
        byte[] id = new byte[4];
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(key);
        return new Hmac(HexFormat.of().formatHex(id), key);
    }

    private List<Hmac> read() throws IOException {
        List<Hmac> read = new ArrayList<>();
        for (String line : Files.readAllLines(file.path())) {
            if (!line.isBlank()) {
                read.add(parse(line.strip()));
            }
        }
        if (read.isEmpty() || read.size() > MOST) {
            throw new IOException(
                    "%s has %d keys: give 1 to %d, or delete it for a new one"
                            .formatted(file.path(), read.size(), MOST));
        }
        return List.copyOf(read);
    }

    private Hmac parse(String line) throws IOException {
        String[] words = line.split("\\s+", -1);
        if (words.length == 2 && words[0].matches("[0-9A-Za-z-]{1,32}")) {
            try {
                byte[] key = Base64.getUrlDecoder().decode(words[1]);
                if (key.length >= KEY_BYTES) {
                    return new Hmac(words[0], key);
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(malformed(), e);
            }
        }
        throw new IOException(malformed());
    }

    private String malformed() {
        return "%s has a line that is no key: each is an id, a blank and at least %d bytes in base64url"
                .formatted(file.path(), KEY_BYTES);
    }

    /** What new tokens are signed with. */
    Hmac current() {
        return keys.getFirst();
    }

    /** The key of that id, if it is still believed. */
    Optional<Hmac> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Takes a new key in the place of all: what they have signed is not believed any more. */
    synchronized void replaceAll() throws IOException {
        Hmac next = random();
        file.write(next.line());
        keys = List.of(next);
    }
}
