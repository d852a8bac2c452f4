package io.sluice.channel.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.channel.frame.ProtocolViolation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of one ring, and what the other end may make of it. */
class RingTest {
    private static final int SIZE = Segment.MIN_RING;
    private static final long TAIL = 0;
    private static final long HEAD = 128;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment indices = arena.allocate(Ring.INDEX_BYTES, 128);
    private final MemorySegment data = arena.allocate(SIZE, 8);
    private final RingWriter writer = new RingWriter(new Ring(indices, data));
    private final RingReader reader = new RingReader(new Ring(indices, data));

    @AfterEach
    void unmap() {
        arena.close();
    }

    private void write(byte... record) {
        writer.write(Unpooled.wrappedBuffer(record), 0, record.length);
    }

    private byte[] read() {
        ByteBuf read = reader.read(UnpooledByteBufAllocator.DEFAULT);
        byte[] bytes = new byte[read.readableBytes()];
        read.readBytes(bytes).release();
        return bytes;
    }

    @Nested
    class Records {
        @Test
        void ofAllSizesComeOutAsTheyWentInAlsoAcrossTheEnd() {
            Random random = new Random(5);
            for (int i = 0; i < 500; i++) {
                byte[] record = new byte[1 + random.nextInt(Ring.MAX_PAYLOAD)];
                random.nextBytes(record);
                assertThat(writer.hasRoom(record.length)).isTrue();
                write(record);
                writer.publish();

                assertThat(read()).isEqualTo(record);
                assertThat(reader.isEmpty()).isTrue();
                reader.free();
            }
        }

        @Test
        void areReadTogether() {
            write(new byte[] {1, 2, 3});
            write(new byte[] {4});
            writer.publish();
            assertThat(read()).containsExactly(1, 2, 3, 4);
        }

        @Test
        void thatAreNotPublishedAreNotThere() {
            write(new byte[] {1, 2, 3});
            assertThat(reader.isEmpty()).isTrue();
            assertThat(read()).isEmpty();
        }

        @Test
        void leaveRoomForMoreOnlyOnceTheyAreFreed() {
            byte[] half = new byte[SIZE / 2 - Ring.HEADER_BYTES];
            write(half);
            write(half);
            writer.publish();
            assertThat(writer.hasRoom(1)).isFalse();
            assertThat(writer.awaitsRoom(1)).isTrue();

            read();
            assertThat(writer.hasRoom(1)).isFalse();
            assertThat(reader.free()).isTrue();
            assertThat(writer.hasRoom(1)).isTrue();
        }

        @Test
        void areFreedWithoutAWordWhenNobodyWaits() {
            write(new byte[] {1});
            writer.publish();
            read();
            assertThat(reader.free()).isFalse();
        }
    }

    @Nested
    class AWriter {
        @Test
        void thatWasKilledBeforeItsRecordWasWholeIsNotice() {
            // The tail has passed it, as if stores had been seen out of order, but it isn't there.
            indices.set(ValueLayout.JAVA_LONG, TAIL, 64);
            assertTorn();
        }

        @Test
        void whoseOldRecordsAreStillThereIsNotBelievedAgain() {
            byte[] half = new byte[SIZE / 2 - Ring.HEADER_BYTES];
            for (int i = 0; i < 2; i++) {
                write(half);
                writer.publish();
                read();
            }
            indices.set(ValueLayout.JAVA_LONG, TAIL, SIZE + SIZE / 2L);
            assertTorn();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Ring.MAX_PAYLOAD + 1, 9})
        void whoseLengthCanNotBeIsRefused(int length) {
            write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            writer.publish();
            data.set(ValueLayout.JAVA_INT, 0, length);
            assertTorn();
        }

        @ParameterizedTest
        @ValueSource(longs = {-8, Long.MIN_VALUE, Long.MAX_VALUE & -8, SIZE + 8, 12})
        void whoseTailCanNotBeIsRefused(long tail) {
            indices.set(ValueLayout.JAVA_LONG, TAIL, tail);
            assertThatThrownBy(() -> read())
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("the ring's writer is at " + tail);
        }

        private void assertTorn() {
            assertThatThrownBy(() -> read())
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("a torn record");
        }
    }

    @Nested
    class AReader {
        @ParameterizedTest
        @ValueSource(longs = {-8, Long.MIN_VALUE, Long.MAX_VALUE, SIZE + 8})
        void whoseHeadCanNotBeIsRefused(long head) {
            write(new byte[SIZE / 2]);
            write(new byte[SIZE / 2 - 32]);
            indices.set(ValueLayout.JAVA_LONG, HEAD, head);
            assertThatThrownBy(() -> writer.hasRoom(1000))
                    .isInstanceOf(ProtocolViolation.class)
                    .hasMessageContaining("the ring's reader is at " + head);
        }
    }
}
