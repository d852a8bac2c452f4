package io.sluice.edge.http;

import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.upload.Upload;
import io.sluice.model.UploadId;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What all resources of the API read alike. */
final class Api {
    /** What every path of the API starts with. */
    static final String BASE = "/api/v1";

    private Api() {}

    /**
     * The id in the path. What is no id names nothing, so it is not found, as another tenant's is.
     *
     * @throws io.sluice.edge.http.problem.Refusal 404
     */
    static UploadId uploadId(ServerRequest request) {
        try {
            return UploadId.parse(request.pathVariable("id"));
        } catch (IllegalArgumentException e) {
            throw noUpload();
        }
    }

    static RuntimeException noUpload() {
        return Problem.NOT_FOUND.because("there is no upload of this id");
    }

    /** Refuses a tombstone with 410. */
    static Upload requireAlive(Upload upload) {
        if (upload.state() == io.sluice.model.UploadState.DELETED) {
            throw Problem.DELETED.because("the upload was deleted at " + upload.updatedAt());
        }
        return upload;
    }

    /**
     * Refuses clients that don't take JSON.
     *
     * @throws io.sluice.edge.http.problem.Refusal 406, or 400 if Accept is malformed
     */
    static void requireJsonAccepted(ServerRequest request) {
        List<String> accept = request.headers().header(HttpHeaders.ACCEPT);
        if (accept.isEmpty()) {
            return;
        }
        try {
            boolean isAccepted =
                    MediaType.parseMediaTypes(accept).stream()
                            .anyMatch(type ->
                                    type.getQualityValue() > 0
                                            && type.includes(MediaType.APPLICATION_JSON));
            if (!isAccepted) {
                throw Problem.NOT_ACCEPTABLE.because("the answer is application/json");
            }
        } catch (InvalidMediaTypeException e) {
            throw Problem.MALFORMED.because("Accept is malformed");
        }
    }
}
