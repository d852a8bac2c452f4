package io.sluice.channel;

import io.sluice.model.Job;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a processor can do with an original; its Hello says so. */
public enum Capability {
    /** Checks and scans, which every original that was received needs. */
    SCAN,
    /** Makes renditions. */
    RENDER;

    /** As it is spelled in settings and in the Hello: {@code scan}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What every job of a kind needs. */
    public static Capability of(Job.Kind kind) {
        return switch (kind) {
            case PROCESS -> SCAN;
            case RENDER -> RENDER;
        };
    }

    /** What a job needs: one that is to be scanned may have renditions to be made too. */
    public static Set<Capability> neededFor(Job job) {
        EnumSet<Capability> needed = EnumSet.of(of(job.kind()));
        if (!job.renditions().isEmpty()) {
            needed.add(RENDER);
        }
        return needed;
    }

    /**
     * Those that a Hello announces among other words; all, if it announces none: a processor that
     * doesn't know the words takes what comes.
     */
    public static Set<Capability> announced(Collection<String> words) {
        EnumSet<Capability> announced = EnumSet.noneOf(Capability.class);
        Arrays.stream(values()).filter(each -> words.contains(each.word())).forEach(announced::add);
        return announced.isEmpty() ? EnumSet.allOf(Capability.class) : announced;
    }
}
