/**
 * What guards a connection below HTTP's semantics: slow clients, malformed requests, orderly ends.
 */
@NullMarked
package io.sluice.edge.http.connection;

import org.jspecify.annotations.NullMarked;
