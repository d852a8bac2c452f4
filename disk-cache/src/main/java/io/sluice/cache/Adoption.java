package io.sluice.cache;

/** What came of a file that the loader met in the tree. */
public enum Adoption {
    /** Was in the index already. */
    KNOWN,
    /** Is in the index now. */
    INDEXED,
    /** Was ours, but damaged, of another format or not where the levels want it: deleted. */
    REMOVED,
    /** Isn't ours: left alone. */
    FOREIGN,
    /** Was deleted while it was looked at. */
    GONE
}
