package io.sluice.edge.upload;

import java.util.LinkedHashMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Settings of the profiles, by name: a map, as the names are the user's. */
@ConfigurationProperties(prefix = "sluice.profiles", ignoreUnknownFields = false)
class ProfileProperties extends LinkedHashMap<String, Profile> {
    private static final long serialVersionUID = 1L;
}
