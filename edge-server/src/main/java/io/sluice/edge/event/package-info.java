/** What happened to uploads: kept for a while, and told live to whoever subscribes. */
@NullMarked
package io.sluice.edge.event;

import org.jspecify.annotations.NullMarked;
