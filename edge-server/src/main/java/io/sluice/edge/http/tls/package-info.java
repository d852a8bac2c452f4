/** TLS of the port that users reach. */
@NullMarked
package io.sluice.edge.http.tls;

import org.jspecify.annotations.NullMarked;
