/** Files on their way out: conditions, ranges and sendfile. */
@NullMarked
package io.sluice.edge.http.content;

import org.jspecify.annotations.NullMarked;
