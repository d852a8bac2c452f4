package io.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenditionSpecTest {
    private static final UploadId UPLOAD = UploadId.parse("01a20086-7703-73dd-9445-3e238666ab07");
    private static final Sha256 DIGEST = new Sha256("ab".repeat(32));

    private static RenditionSpec spec(
            String name, RenditionSpec.Mode mode, int width, int quality) {
        return new RenditionSpec(name, mode, width, 200, List.of(ImageFormat.WEBP), quality);
    }

    private static String key(RenditionSpec spec) {
        return spec.cacheKey(UPLOAD, DIGEST, ImageFormat.WEBP);
    }

    @Test
    void isNamedInTheCacheByWhatItLooksLike() {
        assertThat(key(spec("thumb", RenditionSpec.Mode.COVER, 200, 80)))
                .isEqualTo(UPLOAD + "/" + DIGEST + "/cover:200x200:q80.webp")
                .isEqualTo(key(spec("preview", RenditionSpec.Mode.COVER, 200, 80)));
    }

    @Test
    void hasAnotherNameForEveryOtherPicture() {
        RenditionSpec spec = spec("thumb", RenditionSpec.Mode.COVER, 200, 80);
        assertThat(
                        List.of(
                                key(spec),
                                key(spec("thumb", RenditionSpec.Mode.FIT, 200, 80)),
                                key(spec("thumb", RenditionSpec.Mode.COVER, 201, 80)),
                                key(spec("thumb", RenditionSpec.Mode.COVER, 200, 81)),
                                spec.cacheKey(UPLOAD, DIGEST, ImageFormat.JPEG),
                                spec.cacheKey(
                                        UPLOAD, new Sha256("cd".repeat(32)), ImageFormat.WEBP)))
                .doesNotHaveDuplicates();
    }
}
