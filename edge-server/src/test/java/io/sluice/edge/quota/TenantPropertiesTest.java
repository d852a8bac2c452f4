package io.sluice.edge.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.ByteSize;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TenantPropertiesTest {
    private static TenantProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("sluice.tenants", Bindable.of(TenantProperties.class));
    }

    @Test
    void limitNobodyByDefault() {
        assertThat(bind(Map.of())).isEmpty();
        assertThat(TenantQuota.NONE.bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(TenantQuota.NONE.files()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nameTheTenants() {
        TenantProperties tenants =
                bind(
                        Map.of(
                                "sluice.tenants.a.max-bytes", "5GiB",
                                "sluice.tenants.b-c.max-files", "7"));
        assertThat(tenants)
                .containsEntry("a", new TenantQuota(ByteSize.valueOf("5GiB"), null))
                .containsEntry("b-c", new TenantQuota(null, 7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-bytes=-1", "max-bytes=much", "max-files=-1"})
    void refuseWhatMakesNoSense(String setting) {
        String[] parts = setting.split("=", 2);
        assertThatThrownBy(() -> bind(Map.of("sluice.tenants.a." + parts[0], parts[1])))
                .isInstanceOf(BindException.class);
    }
}
