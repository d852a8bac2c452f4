/** What every Spring process of Sluice does the same way. */
@NullMarked
package io.sluice.service;

import org.jspecify.annotations.NullMarked;
