/** Pages for browsers and what these load: static files from the jar, kept in memory. */
@NullMarked
package io.sluice.edge.http.web;

import org.jspecify.annotations.NullMarked;
