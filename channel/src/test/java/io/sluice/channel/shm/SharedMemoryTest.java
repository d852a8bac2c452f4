package io.sluice.channel.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.unix.FileDescriptor;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Waiting;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special to memory that is shared: what it must be, and what a peer may do to it. */
@Timeout(60)
class SharedMemoryTest {
    @TempDir Path directory;
    private ShmEnds ends;

    @BeforeEach
    void listen() {
        ends = new ShmEnds(directory, Pings.patient());
        ends.receiver("0", 2).start(job -> job.complete(Jobs.clean()));
    }

    @AfterEach
    void close() throws IOException {
        ends.close();
    }

    private void othersAreServed() throws Exception {
        Dispatcher honest = ends.dispatcher();
        Waiting.until(() -> honest.credit() == 2);
        assertThat(Sent.over(honest.dispatch(Jobs.any())).outcome()).isEqualTo(Jobs.clean());
    }

    private void isCountedAsRefused() {
        Waiting.until(
                () -> ends.meters().get("sluice.channel.frames.refused").counter().count() == 1);
    }

    @Nested
    class AnOffer {
        private void isRefused(SealedFile offered) throws Exception {
            RingByteChannel edge = RawRings.offer(ends.socket("0"), offered);
            isCountedAsRefused();
            Waiting.until(() -> !edge.isOpen());
            edge.close();
            othersAreServed();
        }

        private SealedFile changed(long offset, int value) throws IOException {
            SealedFile rings = Segment.create(Segment.MIN_RING);
            try (Arena arena = Arena.ofConfined()) {
                rings.map(arena).set(ValueLayout.JAVA_INT, offset, value);
            }
            return rings;
        }

        @Test
        void ofMemoryThatHoldsNoRingsIsRefused() throws Exception {
            isRefused(changed(Segment.MAGIC_AT, 0));
        }

        @Test
        void ofAnotherLayoutIsRefused() throws Exception {
            isRefused(changed(Segment.LAYOUT_AT, Segment.LAYOUT + 1));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, Segment.MIN_RING * 2, Segment.MIN_RING - 8, 1 << 30})
        void ofRingsThatDoNotFitTheMemoryIsRefused(int size) throws Exception {
            isRefused(changed(Segment.RING_SIZE_AT, size));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 8, 4096, 1L << 40})
        void ofMemoryOfAnotherSizeIsRefused(long size) throws Exception {
            isRefused(SealedFile.create("odd", size));
        }

        @Test
        void ofAFileThatCouldShrinkIsRefused() throws Exception {
            Path file = Files.write(directory.resolve("rings"), new byte[8192]);
            isRefused(new SealedFile(FileDescriptor.from(file.toFile()), 8192));
        }

        @Test
        void thatNeverComesHarmsNobody() throws Exception {
            RingByteChannel silent =
                    RawRings.offer(ends.socket("0"), Segment.create(Segment.MIN_RING));
            silent.exchanged();
            silent.close();
            othersAreServed();
        }
    }

    @Nested
    class APeer {
        private static final long TO_PROCESSOR = 1024;

        @Test
        void thatScribblesOverTheIndicesIsThrownOutAlone() throws Exception {
            try (SealedFile rings = Segment.create(Segment.MIN_RING);
                    Arena arena = Arena.ofConfined()) {
                RingByteChannel edge = RawRings.offer(ends.socket("0"), rings);
                edge.attach(Link.attach(rings, edge.exchanged().getFirst(), Link.Side.EDGE));
                MemorySegment memory = rings.map(arena);
                edge.link().out().write(Unpooled.wrappedBuffer(new byte[] {0, 0}), 0, 2);
                edge.link().publish();
                memory.set(ValueLayout.JAVA_LONG, TO_PROCESSOR, Long.MAX_VALUE & -8);
                edge.link().ring();

                isCountedAsRefused();
                Waiting.until(() -> !edge.isOpen());
                edge.close();
            }
            othersAreServed();
        }
    }

    @Nested
    class Nothing {
        @Test
        void standsInTheFileSystemButTheSocket() throws Exception {
            othersAreServed();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).containsExactly(ends.socket("0"));
            }
        }
    }
}
