@NullMarked
package io.sluice.master.json;

import org.jspecify.annotations.NullMarked;
