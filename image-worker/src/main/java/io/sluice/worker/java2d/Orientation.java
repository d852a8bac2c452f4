package io.sluice.worker.java2d;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.sluice.worker.engine.Size;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a camera was held: EXIF tag 0x0112 (CIPA DC-008, 4.6.4), 1 to 8, 1 being upright.
 *
 * @param tag its value
 */
record Orientation(int tag) {
    private static final Orientation UPRIGHT = new Orientation(1);

    /** What the file says; upright if it says nothing that can be understood. */
    static Orientation of(Path file) throws IOException {
        try {
            for (Directory directory :
                    ImageMetadataReader.readMetadata(file.toFile())
                            .getDirectoriesOfType(ExifIFD0Directory.class)) {
                Integer tag = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
                if (tag != null && tag >= 1 && tag <= 8) {
                    return new Orientation(tag);
                }
            }
        } catch (ImageProcessingException e) {
            return UPRIGHT; // broken metadata says nothing about the pixels
        }
        return UPRIGHT;
    }

    /** The one that turns so many degrees clockwise. */
    static Orientation turnedBy(int degrees) {
        return switch (degrees) {
            case 90 -> new Orientation(6);
            case 180 -> new Orientation(3);
            case 270 -> new Orientation(8);
            default -> UPRIGHT;
        };
    }

    /** The size of the picture as it is shown. */
    Size upright(Size stored) {
        return tag >= 5 ? stored.transposed() : stored;
    }

    /** The picture as it is shown. */
    Bitmap turn(Bitmap stored) {
        if (tag == 1) {
            return stored;
        }
        Size from = stored.size();
        Size to = upright(from);
        int[] turned = new int[stored.pixels().length];
        for (int y = 0; y < to.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                turned[y * to.width() + x] = stored.pixels()[source(x, y, from)];
            }
        }
        return new Bitmap(to, turned);
    }

    /** Where the pixel that is shown at (x, y) is stored. */
    private int source(int x, int y, Size stored) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        int column =
                switch (tag) {
                    case 2, 3 -> right - x;
                    case 4 -> x;
                    case 5, 6 -> y;
                    default -> right - y;
                };
        int row =
                switch (tag) {
                    case 2 -> y;
                    case 3, 4 -> bottom - y;
                    case 5, 8 -> x;
                    default -> bottom - x;
                };
        return row * stored.width() + column;
    }
}
