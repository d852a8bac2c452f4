package io.sluice.edge.upload;

import io.sluice.model.Policy;
import java.util.List;
import java.util.stream.Stream;

/** Lists of media types in which {@code image/*} stands for all of a kind. */
final class MediaTypes {
    private MediaTypes() {}

    /** The policy, with what both its own list and the other one allow. */
    static Policy narrow(Policy policy, List<String> types) {
        Policy other = new Policy(policy.profile(), types, policy.maxPixels());
        List<String> both =
                Stream.concat(
                                types.stream().filter(policy::allows),
                                policy.allowedTypes().stream().filter(other::allows))
                        .distinct()
                        .toList();
        return new Policy(policy.profile(), both, policy.maxPixels());
    }
}
