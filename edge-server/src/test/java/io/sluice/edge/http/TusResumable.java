package io.sluice.edge.http;

/** tus as a way to go on with uploads. */
record TusResumable(EdgeServer edge, TusClient tus) implements ResumableClient {
    TusResumable(EdgeServer edge) {
        this(edge, new TusClient(edge.client()));
    }

    @Override
    public String create(long length) throws Exception {
        return tus.create(length, "clean");
    }

    @Override
    public long offset(String upload) throws Exception {
        return tus.offset(upload);
    }

    @Override
    public String appendHead(String upload, long offset, long length, boolean isLast) {
        return "PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: %d\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n"
                .formatted(upload, edge.adminKey(), offset, length);
    }

    @Override
    public String view(String upload) {
        return upload.replace("/tus/", "/uploads/");
    }

    @Override
    public String toString() {
        return "tus";
    }
}
