package io.sluice.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DiskTest {
    @Test
    void belowTheWatermarkUploadsAreRefusedBeforeTheirBodyAndReadsGoOn() throws Exception {
        Launch launch = Launch.fresh("watermark");
        byte[] photo = TestFile.photo("watermark");
        String id;
        try (Sluice sluice = launch.start()) {
            id = sluice.api().ready(photo, "image/jpeg");
        }
        long moreThanThereIs = 2 * Files.getFileStore(launch.data()).getTotalSpace();
        try (Sluice sluice = launch.with("sluice.disk.min-free", moreThanThereIs + "B").start();
                Wire wire = new Wire(sluice.base())) {
            wire.head(
                            "POST " + Api.UPLOADS + " HTTP/1.1",
                            "Authorization: Bearer " + sluice.api().key(),
                            "Content-Type: text/plain",
                            "Content-Length: 100000",
                            "Expect: 100-continue")
                    .answer()
                    .isProblem(507, "no-disk-room");
            assertThat(sluice.api().content(id).isStatus(200).body()).isEqualTo(photo);
            sluice.api().rendition(id, "thumb").isStatus(200);
            sluice.api().get("/livez").isStatus(200);
        }
    }
}
