package io.sluice.worker.engine;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** A picture of four coloured corners as a camera stores it that was held in one of eight ways. */
final class OrientedJpeg {
    static final Size SHOWN = new Size(160, 80).scaled(0.5);

    private static final Color[][] CORNERS = {
        {Color.RED, new Color(0, 160, 0)}, {Color.BLUE, Color.YELLOW}
    };

    private OrientedJpeg() {}

    static Color corner(int x, int y) {
        return CORNERS[y][x];
    }

    static byte[] of(int tag) throws IOException {
        Size stored = tag >= 5 ? SHOWN.transposed() : SHOWN;
        var image = new BufferedImage(stored.width(), stored.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < stored.height(); row++) {
            for (int column = 0; column < stored.width(); column++) {
                image.setRGB(column, row, shownAt(tag, row, column).getRGB());
            }
        }
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return withTag(jpeg.toByteArray(), tag);
    }

    /** CIPA DC-008: where the stored row 0 and column 0 are seen. */
    private static Color shownAt(int tag, int row, int column) {
        boolean side = tag >= 5;
        boolean rowFromFarEnd = tag == 3 || tag == 4 || tag == 6 || tag == 7;
        boolean columnFromFarEnd = tag == 2 || tag == 3 || tag == 7 || tag == 8;
        int rows = side ? SHOWN.width() : SHOWN.height();
        int columns = side ? SHOWN.height() : SHOWN.width();
        int alongRows = rowFromFarEnd ? rows - 1 - row : row;
        int alongColumns = columnFromFarEnd ? columns - 1 - column : column;
        int x = side ? alongRows : alongColumns;
        int y = side ? alongColumns : alongRows;
        return corner(2 * x / SHOWN.width(), 2 * y / SHOWN.height());
    }

    private static byte[] withTag(byte[] jpeg, int tag) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(jpeg, 0, 2); // SOI
        out.writeShort(0xFFE1);
        out.writeShort(2 + 6 + 8 + 2 + 12 + 4);
        out.write("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        out.writeInt(8); // the first directory follows
        out.writeShort(1); // with one entry
        out.writeShort(0x0112);
        out.writeShort(3); // SHORT
        out.writeInt(1);
        out.writeShort(tag);
        out.writeShort(0);
        out.writeInt(0); // no further directory
        out.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }
}
