/** What the edge answers when it does not do what was asked. */
@NullMarked
package io.sluice.edge.http.problem;

import org.jspecify.annotations.NullMarked;
