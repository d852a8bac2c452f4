package io.sluice.benchmarks.peer;

/** How bytes are sent; a server may not know all of them. */
public enum Way {
    /** A request whose body is the file. */
    RAW,
    /** A form with one file. */
    FORM,
    /** By tus, with the request that creates the upload. */
    TUS_CREATION,
    /** By tus, with one request more. */
    TUS_PATCH
}
