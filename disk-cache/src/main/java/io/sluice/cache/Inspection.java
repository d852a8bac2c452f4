package io.sluice.cache;

/** What a look at a file's header told. */
sealed interface Inspection {
    /** Ours, and the header and the length are right; the body may still be damaged. */
    record Whole(EntryHeader header, int bodyOffset) implements Inspection {}

    /** Ours, but torn, changed or of another format version: never served. */
    record Damaged(String reason) implements Inspection {}

    /** Somebody else's: never served, never deleted. */
    record Foreign() implements Inspection {}
}
