/** Request header fields, read strictly: each type is one field's meaning. */
@NullMarked
package io.sluice.edge.http.header;

import org.jspecify.annotations.NullMarked;
