package io.sluice.channel.group;

import io.sluice.channel.ChannelProperties;
import io.sluice.channel.Dispatcher;
import io.sluice.channel.JobReturned;
import io.sluice.channel.JobReturned.Reason;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Dispatches to several groups of processors: to one that takes the job's kind, of the lowest tier
 * that has credit, in turns by weight. Thread-safe: the groups don't change.
 */
final class GroupDispatcher implements Dispatcher {
    private final List<Member> members;
    private final List<Turns> tiers;

    GroupDispatcher(List<Member> members) {
        this.members = List.copyOf(members);
        tiers =
                members.stream()
                        .collect(
                                Collectors.groupingBy(
                                        member -> member.settings().tier(),
                                        TreeMap::new,
                                        Collectors.toList()))
                        .values()
                        .stream()
                        .map(Turns::new)
                        .toList();
    }

    /** Starts a dispatcher for each group; none is left when one fails. */
    static GroupDispatcher start(
            ChannelProperties properties, Function<ChannelProperties, Dispatcher> starter) {
        List<Member> started = new ArrayList<>();
        try {
            properties
                    .groups()
                    .forEach((name, settings) ->
                            started.add(
                                    new Member(
                                            name,
                                            settings,
                                            starter.apply(properties.of(name, settings)))));
        } catch (RuntimeException e) {
            started.forEach(member -> member.dispatcher().close());
            throw e;
        }
        return new GroupDispatcher(started);
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job) {
        return dispatch(job, _ -> {});
    }

    @Override
    public Mono<JobOutcome> dispatch(Job job, Consumer<String> progress) {
        return Mono.defer(() -> dispatch(job, progress, List.of()));
    }

    /** A group that turns out to have no room was nobody's fault: the next one is asked. */
    private Mono<JobOutcome> dispatch(Job job, Consumer<String> progress, List<Member> tried) {
        Member member = next(job.kind(), tried);
        if (member == null) {
            return Mono.error(
                    new JobReturned(
                            Reason.NO_CREDIT, "no group that takes such jobs has room for it"));
        }
        return member.dispatcher()
                .dispatch(job, progress)
                .onErrorResume(
                        GroupDispatcher::hadNoRoom,
                        _ -> {
                            List<Member> triedNow = new ArrayList<>(tried);
                            triedNow.add(member);
                            return dispatch(job, progress, triedNow);
                        });
    }

    private static boolean hadNoRoom(Throwable failure) {
        return failure instanceof JobReturned returned && returned.reason() == Reason.NO_CREDIT;
    }

    private @Nullable Member next(Job.Kind kind, List<Member> tried) {
        for (Turns tier : tiers) {
            Member member = tier.next(kind, tried);
            if (member != null) {
                return member;
            }
        }
        return null;
    }

    @Override
    public int credit() {
        return members.stream().mapToInt(Member::credit).sum();
    }

    @Override
    public int credit(Job.Kind kind) {
        return members.stream().mapToInt(member -> member.credit(kind)).sum();
    }

    @Override
    public int processors() {
        return members.stream().mapToInt(member -> member.dispatcher().processors()).sum();
    }

    @Override
    public void onCredit(Runnable listener) {
        members.forEach(member -> member.dispatcher().onCredit(listener));
    }

    @Override
    public void close() {
        members.forEach(member -> member.dispatcher().close());
    }
}
