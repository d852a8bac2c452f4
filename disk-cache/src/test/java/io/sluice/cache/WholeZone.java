package io.sluice.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What must hold of the zone and the tree whenever nobody is changing them. */
final class WholeZone {
    private WholeZone() {}

    static void mustBeRight(TestCache cache) throws IOException {
        try (Zone zone = cache.zone()) {
            Set<KeyHash> hashes = new HashSet<>();
            long bytes = 0;
            for (long place = 0; place < zone.places(); place++) {
                Slot slot = zone.place(place);
                if (slot.word().isFree()) {
                    continue;
                }
                assertThat(slot.word().isValid()).as("nothing is half done").isTrue();
                assertThat(hashes.add(slot.hash())).as("no hash stands twice").isTrue();
                assertThat(zone.lookup(slot.hash())).as("what stands is found").isEqualTo(slot);
                assertThat(cache.settings().directory())
                        .satisfies(root ->
                                assertThat(
                                                root.resolve(
                                                        cache.settings()
                                                                .levels()
                                                                .pathOf(slot.hash().name())))
                                        .exists());
                bytes += slot.size();
            }
            assertThat(zone.get(Tally.BYTES)).as("account of bytes").isEqualTo(bytes);
            assertThat(zone.get(Tally.ENTRIES)).as("account of entries").isEqualTo(hashes.size());
            assertThat(cache.bytesOnDisk()).as("bytes on disk").isEqualTo(bytes);
        }
    }
}
