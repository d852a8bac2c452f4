package io.sluice.edge.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final int WRITE_SIZE = 1 << 20;

    private final WriteMemory memory = new WriteMemory(WRITE_SIZE, 8192);

    /** No byte is ever written here. */
    private static final Target NOWHERE =
            new Target() {
                @Override
                public void write(List<ByteBuf> buffers) {
                    throw new AssertionError();
                }

                @Override
                public void complete() {
                    throw new AssertionError();
                }
            };

    private Batch batch(int... buffers) {
        Batch batch = new Batch(NOWHERE, memory);
        for (int size : buffers) {
            batch.add(Unpooled.buffer(size).writeZero(size));
        }
        return batch;
    }

    @Test
    void collectsAWholeWrite() {
        assertThat(batch(1, 1).isFull()).isFalse();
        assertThat(batch(WRITE_SIZE - 1, 1).isFull()).isTrue();
    }

    @Test
    void takesNoMoreTinyBuffersThanOneSystemCallDoes() {
        Batch batch = new Batch(NOWHERE, new WriteMemory(WRITE_SIZE, Long.MAX_VALUE));
        for (int i = 0; i < 511; i++) {
            batch.add(Unpooled.buffer(1).writeZero(1));
        }
        assertThat(batch.isFull()).isFalse();
        batch.add(Unpooled.buffer(1).writeZero(1));
        assertThat(batch.isFull()).isTrue();
    }

    /** As 300 clients that send 999 KiB each and then hardly anything would do. */
    @Test
    void isWrittenWithLittleWhileOthersHoldTheMemory() {
        batch(100, 100);
        assertThat(batch(1).isFull()).isTrue();
    }

    @Test
    void collectsAgainOnceOthersHaveGivenTheMemoryBack() {
        Batch ofOthers = batch(8192, 1);
        Batch little = batch(1);
        assertThat(little.isFull()).isTrue();
        ofOthers.release();
        assertThat(little.isFull()).isFalse();
        little.release();
        ofOthers.release();
        assertThat(memory.writeSize()).isEqualTo(WRITE_SIZE);
    }
}
