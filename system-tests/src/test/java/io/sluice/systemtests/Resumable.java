package io.sluice.systemtests;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;

/** The two protocols in which an upload goes on after a cut. */
enum Resumable {
    TUS {
        @Override
        Answer create(Api api, int length) throws IOException, InterruptedException {
            return TusRequests.create(api, "Upload-Length", Integer.toString(length));
        }

        @Override
        Answer head(Api api, String upload) throws IOException, InterruptedException {
            return TusRequests.head(api, upload);
        }

        @Override
        boolean isWhole(Answer head, int length) {
            return offset(head) == length;
        }

        @Override
        String[] lastHead(Api api, String upload, int offset, int length) {
            return TusRequests.patchHead(api, upload, offset, length);
        }
    },

    /** The IETF's draft, interop version 8. */
    DRAFT {
        private static final String VERSION = "Upload-Draft-Interop-Version";

        @Override
        Answer create(Api api, int length) throws IOException, InterruptedException {
            return api.send(
                    api.request(Api.UPLOADS, VERSION, "8", "Upload-Complete", "?0")
                            .header("Upload-Length", Integer.toString(length))
                            .header("Content-Type", "text/plain")
                            .POST(BodyPublishers.noBody()));
        }

        @Override
        Answer head(Api api, String upload) throws IOException, InterruptedException {
            return api.head(upload, VERSION, "8");
        }

        @Override
        boolean isWhole(Answer head, int length) {
            return head.header("upload-complete").equals("?1");
        }

        @Override
        String[] lastHead(Api api, String upload, int offset, int length) {
            return new String[] {
                "PATCH " + upload + " HTTP/1.1",
                "Authorization: Bearer " + api.key(),
                VERSION + ": 8",
                "Upload-Complete: ?1",
                "Upload-Offset: " + offset,
                "Content-Type: application/partial-upload",
                "Content-Length: " + length
            };
        }
    };

    /** Begins an upload of that many bytes, none of which comes yet; 201 with its URL. */
    abstract Answer create(Api api, int length) throws IOException, InterruptedException;

    /** Asks how far it is: 200 or 204. */
    abstract Answer head(Api api, String upload) throws IOException, InterruptedException;

    /** Whether nothing more needs to be sent. */
    abstract boolean isWhole(Answer head, int length);

    /** The head of the request that brings all bytes from the offset on. */
    abstract String[] lastHead(Api api, String upload, int offset, int length);

    static int offset(Answer head) {
        return Integer.parseInt(head.header("upload-offset"));
    }
}
