package io.sluice.edge.http;

/** How a protocol goes on with an upload that was cut. */
interface ResumableClient {
    /** The URL of a new upload of text that long. */
    String create(long length) throws Exception;

    /** How many bytes of it the server has. */
    long offset(String upload) throws Exception;

    /**
     * The head of a request that brings bytes.
     *
     * @param length of the body
     * @param isLast whether the upload has all its bytes with them
     */
    String appendHead(String upload, long offset, long length, boolean isLast);

    /** The upload's path below {@code /api/v1/uploads}. */
    String view(String upload);
}
