package io.sluice.edge.upload;

import io.sluice.model.Policy;
import io.sluice.model.RenditionSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles by name, as configured under {@code sluice.profiles}. One called {@code default} is
 * always there. An upload keeps its profile's name only, so that a changed profile applies to what
 * is rendered from then on.
 */
public final class Profiles {
    /** The profile of an upload that names none. */
    public static final String DEFAULT = "default";

    private final Map<String, Profile> profiles = new LinkedHashMap<>();

    Profiles(Map<String, Profile> configured) {
        profiles.put(DEFAULT, Profile.DEFAULT);
        profiles.putAll(configured);
    }

    /** The names. */
    public Set<String> names() {
        return Set.copyOf(profiles.keySet());
    }

    /**
     * What the profile lets through; nothing, if it has been removed from the configuration since.
     */
    public Policy policy(String profile) {
        Profile known = profiles.get(profile);
        return known == null ? new Policy(profile, List.of(), 0) : known.policy(profile);
    }

    /** The renditions that are made with the upload. */
    public List<RenditionSpec> eager(String profile) {
        Profile known = profiles.get(profile);
        return known == null ? List.of() : known.eager();
    }

    /** The rendition of that name. */
    public Optional<RenditionSpec> rendition(String profile, String name) {
        return Optional.ofNullable(profiles.get(profile)).flatMap(known -> known.rendition(name));
    }
}
