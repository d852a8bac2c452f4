package io.sluice.worker.vips;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebpContainerTest {

    @Test
    void dropsMetadataAndItsFlagsAndKeepsThePicture() {
        byte[] webp =
                file(chunk("VP8X", "<234567890"), chunk("VP8 ", "odd"), chunk("EXIF", "gps!"));
        byte[] clean = WebpContainer.withoutMetadata(webp);
        assertThat(clean)
                .isEqualTo(file(chunk("VP8X", (char) 0x10 + "234567890"), chunk("VP8 ", "odd")));
    }

    @Test
    void leavesAFileWithoutMetadataAlone() {
        byte[] webp = file(chunk("VP8 ", "picture!"));
        assertThat(WebpContainer.withoutMetadata(webp)).isEqualTo(webp);
    }

    private static byte[] file(byte[]... chunks) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] chunk : chunks) {
            body.writeBytes(chunk);
        }
        return chunk("RIFF", body.toString(StandardCharsets.ISO_8859_1));
    }

    private static byte[] chunk(String name, String data) {
        int padded = data.length() + data.length() % 2;
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(data.length())
                .put(data.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }
}
