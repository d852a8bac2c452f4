package io.sluice.channel.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReceiver;
import io.sluice.channel.JobReturned;
import io.sluice.channel.ReceivedJob;
import io.sluice.channel.contract.Jobs;
import io.sluice.channel.contract.Pings;
import io.sluice.channel.contract.Sent;
import io.sluice.channel.contract.Settings;
import io.sluice.channel.contract.Waiting;
import io.sluice.model.Job;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupDispatcherTest {
    private record Taken(String group, ReceivedJob job) {}

    @TempDir Path directory;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable end : made) {
            end.close();
        }
    }

    /** Binds what stands below {@code sluice.channel.groups}. */
    private ChannelProperties groups(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("unix.directory", directory.toString()));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put("groups." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return Settings.bind(Pings.patient(), all);
    }

    private Dispatcher dispatcher(ChannelProperties properties) {
        Dispatcher dispatcher = Channels.dispatcher(properties, "edge", meters, Jobs.CLOCK);
        made.push(dispatcher);
        return dispatcher;
    }

    private void processor(ChannelProperties properties, String group, int slots) {
        ChannelProperties alone =
                properties.of(group, Objects.requireNonNull(properties.groups().get(group)));
        JobReceiver receiver = Channels.receiver(alone, "1", meters, Jobs.CLOCK, slots);
        made.push(receiver);
        receiver.start(job -> taken.add(new Taken(group, job)));
    }

    private Taken next() throws InterruptedException {
        return Waiting.next(taken);
    }

    @Test
    void sendsAJobToAGroupThatTakesItsKind() throws Exception {
        ChannelProperties properties = groups("scanning.kinds=process", "rendering.kinds=render");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "scanning", 2);
        processor(properties, "rendering", 3);
        Waiting.until(() -> dispatcher.credit() == 5);
        assertThat(dispatcher.credit(Job.Kind.PROCESS)).isEqualTo(2);
        assertThat(dispatcher.credit(Job.Kind.RENDER)).isEqualTo(3);
        assertThat(dispatcher.processors()).isEqualTo(2);

        Sent rendered = Sent.over(dispatcher.dispatch(Jobs.toRender()));
        Taken first = next();
        assertThat(first.group()).isEqualTo("rendering");
        first.job().complete(Jobs.clean());
        assertThat(rendered.outcome()).isEqualTo(Jobs.clean());

        Sent.over(dispatcher.dispatch(Jobs.any()));
        assertThat(next().group()).isEqualTo("scanning");
    }

    @Test
    void sendsOnlyWhatAProcessorSaysItCanDo() throws Exception {
        ChannelProperties properties =
                groups("scanners.kinds=process", "scanners.capabilities=scan", "all.tier=1");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "scanners", 1);
        Waiting.until(() -> dispatcher.credit(Job.Kind.PROCESS) == 1);

        Sent withRenditions = Sent.over(dispatcher.dispatch(Jobs.any()));
        assertThat(withRenditions.failure(JobReturned.class).reason())
                .isEqualTo(JobReturned.Reason.NO_CREDIT);
        assertThat(dispatcher.credit(Job.Kind.PROCESS)).isEqualTo(1);

        processor(properties, "all", 1);
        Waiting.until(() -> dispatcher.credit(Job.Kind.PROCESS) == 2);
        Sent.over(dispatcher.dispatch(Jobs.any()));
        assertThat(next().group()).isEqualTo("all");
        Sent.over(dispatcher.dispatch(Jobs.toScan()));
        assertThat(next().group()).isEqualTo("scanners");
    }

    @Test
    void goesToTheNextTierOnlyWhenTheFirstHasNoCredit() throws Exception {
        ChannelProperties properties = groups("here.tier=0", "there.tier=1");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "here", 2);
        processor(properties, "there", 2);
        Waiting.until(() -> dispatcher.credit() == 4);

        List<Taken> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Sent.over(dispatcher.dispatch(Jobs.any()));
            order.add(next());
        }
        assertThat(order).extracting(Taken::group).containsExactly("here", "here", "there");

        order.getFirst().job().complete(Jobs.clean());
        Waiting.until(() -> dispatcher.credit() == 2);
        Sent.over(dispatcher.dispatch(Jobs.any()));
        assertThat(next().group()).isEqualTo("here");
    }

    @Test
    void sharesATierByWeight() throws Exception {
        ChannelProperties properties = groups("large.weight=3", "small.weight=1");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "large", 16);
        processor(properties, "small", 16);
        Waiting.until(() -> dispatcher.credit() == 32);

        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Sent.over(dispatcher.dispatch(Jobs.any()));
            groups.add(next().group());
        }
        assertThat(Collections.frequency(groups, "large")).isEqualTo(6);
        assertThat(groups.subList(0, 4)).contains("small");
    }

    @Test
    void givesAJobBackThatNoGroupHasRoomFor() throws Exception {
        Dispatcher dispatcher = dispatcher(groups("a.tier=0", "b.tier=1"));
        Sent sent = Sent.over(dispatcher.dispatch(Jobs.any()));
        assertThat(sent.failure(JobReturned.class).reason())
                .isEqualTo(JobReturned.Reason.NO_CREDIT);
    }

    @Test
    void tellsWhenCreditGrowsInAnyGroup() throws Exception {
        ChannelProperties properties = groups("a.tier=0", "b.tier=1");
        Dispatcher dispatcher = dispatcher(properties);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        dispatcher.onCredit(() -> told.add("credit"));
        processor(properties, "b", 1);
        Waiting.next(told);
    }

    @Test
    void forgetsAProcessorsMetersWhenItGoes() throws Exception {
        ChannelProperties properties = groups("a.tier=0");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "a", 3);
        Waiting.until(() -> dispatcher.credit() == 3);
        assertThat(
                        meters.get("sluice.channel.peer.credit")
                                .tags("group", "a", "peer", "processor-1")
                                .gauge()
                                .value())
                .isEqualTo(3);

        made.pop().close();
        Waiting.until(() ->
                meters.find("sluice.channel.peer.credit")
                        .tag("peer", "processor-1")
                        .gauges()
                        .isEmpty());
        assertThat(meters.get("sluice.channel.bytes").tag("group", "a").counters())
                .anyMatch(counter -> counter.count() > 0);
    }

    @Test
    void countsEachGroupsTrafficApart() throws Exception {
        ChannelProperties properties = groups("a.tier=0", "b.tier=1");
        Dispatcher dispatcher = dispatcher(properties);
        processor(properties, "a", 1);
        Waiting.until(() -> dispatcher.credit() == 1);
        assertThat(meters.get("sluice.channel.credit").tag("group", "a").gauge().value()).isOne();
        assertThat(meters.get("sluice.channel.credit").tag("group", "b").gauge().value()).isZero();
    }
}
