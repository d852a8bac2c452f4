import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a black 30,000 x 30,000 PNG (1-bit greyscale) to stdout: {@code java HugePng.java >
 * huge.png}. 900 megapixels in 110 kB; deflate can't pack zeros tighter than about 1,030 to 1.
 */
final class HugePng {
    private static final int SIDE = 30_000;

    public static void main(String[] args) throws IOException {
        var out = new DataOutputStream(System.out);
        out.writeLong(0x89504E470D0A1A0AL);
        var header = new ByteArrayOutputStream();
        var fields = new DataOutputStream(header);
        fields.writeInt(SIDE);
        fields.writeInt(SIDE);
        fields.write(new byte[] {1, 0, 0, 0, 0}); // bit depth, grey, deflate, filters, no interlace
        chunk(out, "IHDR", header.toByteArray());
        var pixels = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(pixels, new Deflater(9), 1 << 16)) {
            var row = new byte[1 + (SIDE + 7) / 8]; // filter type 0, then the bits
            for (int y = 0; y < SIDE; y++) {
                deflate.write(row);
            }
        }
        chunk(out, "IDAT", pixels.toByteArray());
        chunk(out, "IEND", new byte[0]);
        out.flush();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
