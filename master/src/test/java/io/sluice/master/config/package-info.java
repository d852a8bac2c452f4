@NullMarked
package io.sluice.master.config;

import org.jspecify.annotations.NullMarked;
