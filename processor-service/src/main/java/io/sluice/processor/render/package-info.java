/** Makes renditions in disposable child processes and puts them into the cache. */
@NullMarked
package io.sluice.processor.render;

import org.jspecify.annotations.NullMarked;
