/** The durable state of this host: SQLite, one committer, a few readers. */
@NullMarked
package io.sluice.edge.database;

import org.jspecify.annotations.NullMarked;
