/** A service that does nothing, for the tests of what all services have. */
@NullMarked
package io.sluice.service.sample;

import org.jspecify.annotations.NullMarked;
