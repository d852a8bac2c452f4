/** Server-sent events: one stream per client, fed at the client's own pace. */
@NullMarked
package io.sluice.edge.http.event;

import org.jspecify.annotations.NullMarked;
