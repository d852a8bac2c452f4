package io.sluice.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.edge.identity.ApiKeys;
import io.sluice.edge.identity.Authenticator;
import io.sluice.edge.identity.IdentityProperties;
import io.sluice.edge.identity.UploadTokens;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskProperties;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.Durability;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What lasts: the disk and the database. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Durability durability(@Value("${sluice.durability:fsync}") Durability durability) {
        return durability;
    }

    @Bean
    DiskExecutor diskExecutor(DiskProperties properties, MeterRegistry meters) {
        return new DiskExecutor(properties, meters);
    }

    @Bean
    DiskSpool diskSpool(DataDirectory data, DiskProperties properties) throws IOException {
        return new DiskSpool(data, properties);
    }

    @Bean
    DiskStore diskStore(DataDirectory data, Durability durability) throws IOException {
        return new DiskStore(data, durability);
    }

    @Bean
    Database database(
            DatabaseProperties properties,
            DataDirectory data,
            Durability durability,
            MeterRegistry meters)
            throws IOException, SQLException {
        Files.createDirectories(
                data.db(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new Database(properties, data, durability == Durability.FSYNC, meters);
    }

    @Bean
    ApiKeys apiKeys(Database database, DataDirectory data, InstantSource clock) throws IOException {
        return new ApiKeys(database, data, clock);
    }

    @Bean
    UploadTokens uploadTokens(
            DataDirectory data, ApiKeys keys, Database database, InstantSource clock)
            throws IOException {
        return new UploadTokens(data, keys, database, clock);
    }

    @Bean
    Authenticator authenticator(
            ApiKeys keys, UploadTokens tokens, IdentityProperties properties, InstantSource clock)
            throws IOException {
        return new Authenticator(keys, tokens, properties, clock);
    }
}
