package io.sluice.edge.spool;

/** What an acknowledged upload survives ({@code sluice.durability}). */
public enum Durability {
    /** A power cut: file and directory are synced before the commit that acknowledges it. */
    FSYNC,
    /** A crash of every process, but not of the machine. For benchmarks and throw-away data. */
    NONE
}
