package io.sluice.channel.pipe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.group.Channels;
import io.sluice.model.JobOutcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An edge whose processors are children. */
final class ChildEnds implements AutoCloseable {
    /** Reads a job and finds its names; what to answer follows. */
    static final String EACH_JOB =
            """
            while read -r job; do
              id=${job#*'"id":"'}; id=${id%%'"'*}
              attempt=${job#*'"attempt":'}; attempt=${attempt%%,*}
              path=${job#*'"path":"'}; path=${path%%'"'*}
            """;

    static final String DEFER =
            "printf '{\"id\":\"%s\",\"attempt\":%s,\"outcome\":\"deferred\",\"reason\":\"%s\"}\\n'"
                    + " \"$id\" \"$attempt\" ";

    static final String DONE = "\ndone\n";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Dispatcher dispatcher;

    /** With further settings below {@code pipe}. */
    ChildEnds(Path store, Map<String, String> pipe) {
        Map<String, String> settings = new HashMap<>();
        settings.put("transport", "pipe");
        settings.put("unix.directory", store.toString());
        settings.put("pipe.store", store.toString());
        pipe.forEach((key, value) -> settings.put("pipe." + key, value));
        ChannelProperties properties = Settings.bind(Pings.patient(), settings);
        dispatcher = Channels.dispatcher(properties, "edge", meters, Jobs.CLOCK);
    }

    /** A child that is a shell's script, and speaks JSON lines. */
    static ChildEnds shell(Path store, String script, String... more) {
        Map<String, String> pipe = new HashMap<>();
        pipe.put("format", "json-lines");
        pipe.put("command[0]", "sh");
        pipe.put("command[1]", "-c");
        pipe.put("command[2]", script);
        for (int i = 0; i < more.length; i += 2) {
            pipe.put(more[i], more[i + 1]);
        }
        return new ChildEnds(store, pipe);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Sent dispatch() {
        return Sent.over(dispatcher.dispatch(Jobs.any()));
    }

    static JobOutcome deferred(String reason) {
        return new JobOutcome.Deferred(reason);
    }

    double counted(String meter) {
        return meters.get("sluice.channel." + meter).counter().count();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
