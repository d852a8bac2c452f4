package io.sluice.edge.http.connection;

/** Why the edge ended a connection against the client's wish. */
enum EndReason {
    TOO_MANY,
    SLOW_HEADER,
    SLOW_BODY,
    SLOW_READER
}
