package io.sluice.edge.http.connection;

/** Why the edge ended a connection, or a stream of one, against the client's wish. */
enum EndReason {
    TOO_MANY,
    TOO_MANY_OF_ADDRESS,
    SLOW_HEADER,
    SLOW_BODY,
    SLOW_READER,
    FLOOD,
    TLS
}
