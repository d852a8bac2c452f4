package io.sluice.edge.upload.transfer;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/** CRC-32C (RFC 9260, appendix B) in the shape of the others, its four bytes from the left. */
final class Crc32c extends MessageDigest {
    private final CRC32C crc = new CRC32C();

    Crc32c() {
        super("CRC32C");
    }

    @Override
    protected void engineUpdate(byte input) {
        crc.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        crc.update(input, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        crc.update(input);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        engineReset();
        return value;
    }

    @Override
    protected void engineReset() {
        crc.reset();
    }
}
