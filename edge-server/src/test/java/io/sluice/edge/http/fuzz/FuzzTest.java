package io.sluice.edge.http.fuzz;

import io.sluice.edge.http.connection.FramingFuzz;
import io.sluice.edge.http.content.RangesFuzz;
import io.sluice.edge.http.header.DispositionFuzz;
import io.sluice.edge.http.multipart.MultipartFuzz;
import io.sluice.edge.http.structured.FieldFuzz;
import io.sluice.edge.http.tus.TusFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes, what reads it makes sense of it or refuses it as the client's fault. */
class FuzzTest {
    @TempDir private Path scratch;

    @Test
    void formsAreBorne() throws Exception {
        Fuzzer.run(MultipartFuzz.class, "multipart", scratch);
    }

    @Test
    void headersOfTusAreBorne() throws Exception {
        Fuzzer.run(TusFuzz.class, "tus", scratch);
    }

    @Test
    void namesOfFilesAreBorne() throws Exception {
        Fuzzer.run(DispositionFuzz.class, "disposition", scratch);
    }

    @Test
    void rangesAreBorne() throws Exception {
        Fuzzer.run(RangesFuzz.class, "ranges", scratch);
    }

    @Test
    void structuredFieldsAreBorne() throws Exception {
        Fuzzer.run(FieldFuzz.class, "fields", scratch);
    }

    @Test
    void framingIsBorne() throws Exception {
        Fuzzer.run(FramingFuzz.class, "framing", scratch);
    }
}
