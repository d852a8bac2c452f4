package io.sluice.channel.contract;

import io.sluice.channel.ChannelProperties;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as they are bound from a file, so that a test names only what it is about. */
public final class Settings {
    private Settings() {}

    /** Binds what stands below {@code sluice.channel}. */
    public static ChannelProperties bind(ChannelProperties.Ping ping, Map<String, String> channel) {
        Map<String, String> all = new HashMap<>();
        channel.forEach((key, value) -> all.put("sluice.channel." + key, value));
        all.put("sluice.channel.ping.interval", ping.interval().toMillis() + "ms");
        all.put("sluice.channel.ping.timeout", ping.timeout().toMillis() + "ms");
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("sluice.channel", ChannelProperties.class)
                .get();
    }
}
