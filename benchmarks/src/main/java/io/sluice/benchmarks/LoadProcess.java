package io.sluice.benchmarks;

import io.sluice.benchmarks.load.LoadGenerator;
import io.sluice.benchmarks.load.Plan;
import io.sluice.benchmarks.load.Result;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** The client in a process of its own: its memory and compiler are not the measuring program's. */
final class LoadProcess {
    private LoadProcess() {}

    static Result run(Plan plan) throws IOException, InterruptedException {
        JsonMapper json = JsonMapper.shared();
        String output = ChildJvm.output(LoadGenerator.class, json.writeValueAsString(plan));
        return json.readValue(output, Result.class);
    }
}
