/** Who a client is by its address, and how much one client may ask for. */
@NullMarked
package io.sluice.edge.http.limit;

import org.jspecify.annotations.NullMarked;
