package io.sluice.edge.http.ietf;

import io.sluice.edge.http.structured.StructuredFields;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;

/** Which iteration of the draft a client speaks. */
public enum InteropVersion {
    /** Drafts 04 and 05. */
    SIX(6, "expires"),
    /** Drafts 06 to 08. */
    SEVEN(7, "max-age"),
    /** The drafts since 09. */
    EIGHT(8, "max-age"),
    /** None, or none that is known: the newest text holds, but for the interim responses. */
    UNTOLD(0, "max-age");

    private final int number;
    private final String ageKey;

    InteropVersion(int number, String ageKey) {
        this.number = number;
        this.ageKey = ageKey;
    }

    /** The one that a request's client speaks. */
    public static InteropVersion of(HttpHeaders headers) {
        OptionalLong told = StructuredFields.count(headers.getOrEmpty(Ietf.VERSION));
        for (InteropVersion version : values()) {
            if (told.isPresent() && version.isTold() && told.getAsLong() == version.number) {
                return version;
            }
        }
        return UNTOLD;
    }

    /** Whether it is known, so that the client understands interim responses. */
    public boolean isTold() {
        return this != UNTOLD;
    }

    int number() {
        return number;
    }

    /** The limit that tells how long an upload lives. */
    String ageKey() {
        return ageKey;
    }

    /** Whether a request for the offset, or to cancel, must not have fields of an append. */
    public boolean isStrictAboutFields() {
        return this == SIX;
    }

    /** Whether an append that does not end the upload is answered as a creation. */
    public boolean createsByAppending() {
        return this == SIX;
    }

    /** Whether an append may leave out whether it is the last; then it is not. */
    boolean assumesMore() {
        return this == SIX;
    }

    /** Whether a complete upload refuses also the request that would have completed it. */
    boolean refusesRepetition() {
        return this == SIX || this == SEVEN;
    }

    /** Whether OPTIONS tells of appending where an upload begins. */
    boolean announcesAppending() {
        return this == SEVEN;
    }
}
