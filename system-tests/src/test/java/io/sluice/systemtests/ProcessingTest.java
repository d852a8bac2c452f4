package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(Shared.class)
class ProcessingTest {
    /** What must not come through: the marks of EXIF, and what the photographs' EXIF says. */
    private static final String[] PRIVATE = {"Exif", "EXIF", "NOKIA", "Lumia", "WebPCamera", "GPS"};

    private final Api api;

    ProcessingTest(Sluice sluice) {
        api = sluice.api();
    }

    @Nested
    class APicture {
        @ParameterizedTest
        @CsvSource({
            "camera.jpg, image/jpeg, jpeg, 1278, 720, 1, 1200, 676",
            "rotated.jpg, image/jpeg, jpeg, 1264, 720, 1, 1200, 684",
            "photo.webp, image/webp, webp, 1600, 900, 1, 1200, 675",
            "alpha.png, image/png, png, 400, 225, 1, 400, 225",
            "animated.gif, image/gif, gif, 160, 120, 4, 160, 120",
            "photo.tiff, image/tiff, tiff, 320, 180, 1, 320, 180",
            "cmyk.jpg, image/jpeg, jpeg, 320, 180, 1, 320, 180"
        })
        void getsItsRenditionsUpright(
                String file,
                String type,
                String format,
                int width,
                int height,
                int frames,
                int mediumWidth,
                int mediumHeight)
                throws Exception {
            JsonNode end = api.end(api.upload(TestFile.read(file), "application/octet-stream"));
            assertThat(Api.state(end)).as(end.toString()).isEqualTo("ready");
            assertThat(end.get("contentType").asString()).isEqualTo(type);
            assertThat(end.get("scan").get("verdict").asString()).isEqualTo("clean");
            JsonNode image = end.get("image");
            assertThat(image.get("format").asString()).isEqualTo(format);
            assertThat(image.get("width").asInt()).isEqualTo(width);
            assertThat(image.get("height").asInt()).isEqualTo(height);
            assertThat(image.get("frames").asInt()).isEqualTo(frames);
            assertThat(end.get("renditions")).hasSize(2);
            expectRendition(end, "thumb", 200, 200);
            expectRendition(end, "medium", mediumWidth, mediumHeight);
        }

        private void expectRendition(JsonNode upload, String name, int width, int height)
                throws Exception {
            Answer answer = api.rendition(upload.get("id").asString(), name).isStatus(200);
            Picture picture = Picture.of(answer.body());
            assertThat(picture).isEqualTo(new Picture(picture.format(), width, height));
            assertThat(answer.header("content-type")).isEqualTo("image/" + picture.format());
            assertThat(answer.header("x-cache")).isEqualTo("HIT");
            for (JsonNode listed : upload.get("renditions")) {
                if (listed.get("name").asString().equals(name)) {
                    assertThat(listed.get("width").asInt()).isEqualTo(width);
                    assertThat(listed.get("height").asInt()).isEqualTo(height);
                    assertThat(listed.get("size").asInt()).isEqualTo(answer.body().length);
                    assertThat(listed.get("contentType").asString())
                            .isEqualTo(answer.header("content-type"));
                    assertThat(api.get(listed.get("href").asString()).body())
                            .isEqualTo(answer.body());
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"camera.jpg", "rotated.jpg", "photo.webp"})
        void losesWhatItSaysOfItsPhotographer(String file) throws Exception {
            byte[] original = TestFile.read(file);
            assertThat(PRIVATE).anyMatch(word -> Picture.contains(original, word));
            String id = api.ready(original, "image/jpeg");
            for (String name : new String[] {"thumb", "medium"}) {
                byte[] rendition = api.rendition(id, name).isStatus(200).body();
                assertThat(PRIVATE).noneMatch(word -> Picture.contains(rendition, word));
            }
        }
    }

    @Nested
    class WhatIsAgainstThePolicy {
        @ParameterizedTest
        @CsvSource({
            "truncated.jpg, image/jpeg, undecodable-image",
            "document.pdf, application/pdf, type-not-allowed",
            "document.pdf, image/jpeg, type-not-allowed",
            "empty.bin, image/jpeg, empty-file"
        })
        void isRejectedWithItsReason(String file, String declared, String code) throws Exception {
            expectRejected(api.end(api.upload(TestFile.read(file), declared)), code);
        }

        @Test
        void isNotDecodedWhenItHasTooManyPixels() throws Exception {
            byte[] huge = TestFile.read("huge.png");
            long start = System.nanoTime();
            JsonNode end = api.end(api.upload(huge, "image/png"));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            expectRejected(end, "too-many-pixels");
            // A decode of 900 megapixels takes longer than this on any machine.
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        }

        private void expectRejected(JsonNode end, String code) throws Exception {
            assertThat(Api.state(end)).as(end.toString()).isEqualTo("rejected");
            assertThat(end.get("problem").toString()).contains(code);
            String id = end.get("id").asString();
            assertThat(api.content(id).status()).isIn(403, 409);
            assertThat(api.rendition(id, "thumb").status()).isNotEqualTo(200);
        }
    }
}
