/** What each tenant may have, and has. */
@NullMarked
package io.sluice.edge.quota;

import org.jspecify.annotations.NullMarked;
