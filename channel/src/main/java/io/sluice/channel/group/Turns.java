package io.sluice.channel.group;

import io.sluice.model.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the groups of one tier: in proportion to their weights and evenly mixed,
 * as nginx's smooth weighted round robin does. A group without credit has no turn. Thread-safe.
 */
final class Turns {
    private final List<Member> members;
    private final int[] arrears; // guarded by this; what each has to come, in shares

    Turns(List<Member> members) {
        this.members = List.copyOf(members);
        arrears = new int[this.members.size()];
    }

    /** The next for a job of the kind, none of those; null when no other has credit. */
    synchronized @Nullable Member next(Job.Kind kind, List<Member> tried) {
        int chosen = -1;
        int shares = 0;
        for (int i = 0; i < arrears.length; i++) {
            Member member = members.get(i);
            if (member.credit(kind) > 0 && !tried.contains(member)) {
                arrears[i] += member.settings().weight();
                shares += member.settings().weight();
                if (chosen < 0 || arrears[i] > arrears[chosen]) {
                    chosen = i;
                }
            }
        }
        if (chosen < 0) {
            return null;
        }
        arrears[chosen] -= shares;
        return members.get(chosen);
    }
}
