package io.sluice.edge.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.UploadProblem;
import io.sluice.model.ImageFacts;
import io.sluice.model.Rendition;
import io.sluice.model.ScanReport;
import io.sluice.model.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload as the API shows it. Its members are a contract: add, but don't change. {@code url} is
 * its path once more, where Uppy's XHR upload looks for it.
 */
record UploadView(
        String id,
        String state,
        @Nullable String filename,
        @Nullable String declaredType,
        @Nullable String contentType,
        @Nullable Long size,
        long received,
        @Nullable String sha256,
        String profile,
        String tenant,
        @JsonRawValue String metadata,
        Instant createdAt,
        Instant updatedAt,
        int attempts,
        @Nullable ScanView scan,
        @Nullable ImageFacts image,
        List<RenditionView> renditions,
        @Nullable UploadProblem problem,
        String url,
        Links links) {

    /** The scan's verdict with its evidence. */
    record ScanView(String verdict, String engine, @Nullable String signature, Instant at) {
        static ScanView of(ScanReport scan) {
            return new ScanView(scan.verdict().word(), scan.engine(), scan.signature(), scan.at());
        }
    }

    /** A rendition that was made. */
    record RenditionView(
            String name, String href, String contentType, int width, int height, long size) {
        static RenditionView of(Rendition rendition, String upload) {
            return new RenditionView(
                    rendition.name(),
                    upload + "/renditions/" + rendition.name(),
                    rendition.contentType(),
                    rendition.width(),
                    rendition.height(),
                    rendition.size());
        }
    }

    /** Where to go from here. */
    record Links(String self, String content, String events) {}

    /** Uploads of one request; {@code url}, which Uppy's XHR upload looks for, is the first's. */
    record Several(List<UploadView> uploads, String url) {}

    /** A page of a listing; {@code next} is the cursor of the page behind it. */
    record Page(List<UploadView> uploads, @Nullable String next) {}

    static UploadView of(Upload upload) {
        String self = href(upload);
        return new UploadView(
                upload.id().toString(),
                upload.state().word(),
                upload.filename(),
                upload.declaredType(),
                upload.contentType(),
                upload.bytes().size(),
                upload.bytes().received(),
                Optional.ofNullable(upload.bytes().sha256()).map(Sha256::hex).orElse(null),
                upload.profile(),
                upload.tenant(),
                upload.metadata(),
                upload.createdAt(),
                upload.updatedAt(),
                upload.attempts(),
                Optional.ofNullable(upload.scan()).map(ScanView::of).orElse(null),
                upload.image(),
                upload.renditions().stream().map(r -> RenditionView.of(r, self)).toList(),
                upload.problem(),
                self,
                new Links(self, self + "/content", self + "/events"));
    }

    /** The upload's path, relative to the host. */
    static String href(Upload upload) {
        return Api.BASE + "/uploads/" + upload.id();
    }

    /** The validator of this view. */
    static String etag(Upload upload) {
        return "\"v" + upload.version() + "\"";
    }
}
