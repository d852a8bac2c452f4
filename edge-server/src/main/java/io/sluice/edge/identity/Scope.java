package io.sluice.edge.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key allows. */
public enum Scope {
    /** To send files, and to delete them. */
    UPLOAD,
    /** To see all that the tenant has, and to fetch it. */
    READ,
    /** Everything, keys included. */
    ADMIN,
    /** To see how one's own upload fares. Part of {@link #READ}; all that an upload token sees. */
    STATUS;

    /** Those that a key can be given. */
    private static final Set<Scope> GIVEN = EnumSet.of(UPLOAD, READ, ADMIN);

    /** As it is spelled in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scope of that name.
     *
     * @throws IllegalArgumentException if no key can have it
     */
    public static Scope ofWord(String word) {
        return GIVEN.stream()
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no scope: there are upload, read and admin"
                                        .formatted(word)));
    }

    /** The scopes as the database has them, parted by blanks. */
    static Set<Scope> ofWords(String words) {
        return Arrays.stream(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Scope::ofWord)
                .collect(Collectors.toUnmodifiableSet());
    }

    static String words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }
}
