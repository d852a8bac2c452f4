package io.sluice.cachemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

class CacheManagerPropertiesTest {
    @Test
    void haveDefaults() {
        assertThat(
                        Binder.get(new StandardEnvironment())
                                .bindOrCreate("sluice.cache-manager", CacheManagerProperties.class))
                .isEqualTo(new CacheManagerProperties(9082));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refuseWhatIsNoPort(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CacheManagerProperties(port))
                .withMessageStartingWith("sluice.cache-manager.management-port = " + port);
    }
}
