package io.sluice.edge.upload;

/**
 * Why an upload ended otherwise than ready.
 *
 * @param code names the problem's documentation page: {@code type-not-allowed}
 * @param detail one sentence for the uploader
 */
public record UploadProblem(String code, String detail) {}
