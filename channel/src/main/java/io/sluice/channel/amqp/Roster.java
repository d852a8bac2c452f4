package io.sluice.channel.amqp;

import io.sluice.channel.ChannelProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processors that an edge has heard of, and how many of its jobs each of them takes. Owned by
 * the loop, but for the two sums, which any thread may read.
 */
final class Roster {
    private static final Logger log = LoggerFactory.getLogger(Roster.class);

    /** More than this are somebody's mistake. */
    private static final int MAX_PROCESSORS = 256;

    private final Map<String, Member> members = new HashMap<>();
    private final Peers peers;
    private final long intervalNanos;
    private final long timeoutNanos;
    private volatile int allowance;
    private volatile int ready;

    private static final class Member {
        private final String name;
        private volatile int allowance; // also for its meter
        private boolean isReady = true;
        private long expires;

        Member(String name) {
            this.name = name;
        }
    }

    Roster(ChannelProperties.Ping ping, Peers peers) {
        this.peers = peers;
        intervalNanos = ping.interval().toNanos();
        timeoutNanos = ping.timeout().toNanos();
    }

    /** How many jobs of this edge may be out. */
    int allowance() {
        return allowance;
    }

    /** How many processors take jobs. */
    int ready() {
        return ready;
    }

    /**
     * A processor said that it is there.
     *
     * @param instance one run of it
     * @return whether that is news
     */
    boolean join(String instance, String name) {
        Member known = members.get(instance);
        if (known != null) {
            known.expires = System.nanoTime() + timeoutNanos;
            return false;
        }
        if (members.size() >= MAX_PROCESSORS) {
            log.warn("processor {} is ignored: more than {}", instance, MAX_PROCESSORS);
            return false;
        }
        members.forEach((other, member) -> {
            if (member.name.equals(name)) {
                doubt(other);
            }
        });
        Member fresh = new Member(name);
        fresh.expires = System.nanoTime() + timeoutNanos;
        members.put(instance, fresh);
        peers.join(instance, name, () -> fresh.allowance);
        sum();
        log.atInfo().addKeyValue("processor", instance).log("processor connected");
        return true;
    }

    /** It takes that many jobs of this edge at once. */
    void allow(String instance, int jobs) {
        Member member = members.get(instance);
        if (member != null && member.isReady) {
            member.allowance = jobs;
            sum();
        }
    }

    /** It is alive. */
    void heardOf(String instance) {
        Member member = members.get(instance);
        if (member != null) {
            member.expires = System.nanoTime() + timeoutNanos;
        }
    }

    /** It may be gone: if so, that is known an interval from now. */
    void doubt(String instance) {
        Member member = members.get(instance);
        if (member != null) {
            long soon = System.nanoTime() + intervalNanos + intervalNanos / 2;
            member.expires = soon - member.expires < 0 ? soon : member.expires;
        }
    }

    /** It takes no more jobs. */
    void leave(String instance) {
        Member member = members.get(instance);
        if (member != null && member.isReady) {
            member.isReady = false;
            member.allowance = 0;
            sum();
            log.atInfo().addKeyValue("processor", instance).log("processor going away");
        }
    }

    boolean knows(String instance) {
        return members.containsKey(instance);
    }

    /** While the broker was away nobody could be heard. */
    void beginAnew() {
        members.values().forEach(member -> member.expires = System.nanoTime() + timeoutNanos);
    }

    /** Strikes out those that were not heard of for too long. */
    List<String> expire() {
        long now = System.nanoTime();
        List<String> lost = new ArrayList<>();
        members.forEach((instance, member) -> {
            if (member.expires - now < 0) {
                lost.add(instance);
            }
        });
        for (String instance : lost) {
            members.remove(instance);
            peers.leave(instance);
            log.atWarn().addKeyValue("processor", instance).log("processor lost: not heard of");
        }
        sum();
        return lost;
    }

    private void sum() {
        int jobs = 0;
        int processors = 0;
        for (Member member : members.values()) {
            jobs += member.allowance;
            processors += member.isReady ? 1 : 0;
        }
        allowance = jobs;
        ready = processors;
    }
}
