package io.sluice.systemtests;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body, as browsers make it. */
final class Form {
    static final String BOUNDARY = "----SluiceBoundary7MA4YWxkTrZu0gW";
    static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Form field(String name, String value) {
        begin("form-data; name=\"" + name + "\"", "");
        return end(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A file part named {@code file}; the file name goes between the quotes as it is. */
    Form file(String filename, String type, byte[] bytes) {
        begin(
                "form-data; name=\"file\"; filename=\"" + filename + "\"",
                "Content-Type: " + type + "\r\n");
        return end(bytes);
    }

    private void begin(String disposition, String more) {
        String head =
                "--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: "
                        + disposition
                        + "\r\n"
                        + more
                        + "\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    }

    private Form end(byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The whole body. */
    byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
