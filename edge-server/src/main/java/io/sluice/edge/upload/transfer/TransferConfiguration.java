package io.sluice.edge.upload.transfer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.Boot;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.Durability;
import io.sluice.edge.spool.ResumableSpool;
import io.sluice.edge.upload.UploadProperties;
import io.sluice.edge.upload.Uploads;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires uploads that come in several requests. */
@Configuration(proxyBeanMethods = false)
class TransferConfiguration {

    @Bean
    ResumableSpool resumableSpool(DataDirectory data, Durability durability) throws IOException {
        return new ResumableSpool(data, durability);
    }

    @Bean
    Turns turns() {
        return new Turns();
    }

    @Bean
    Ledger ledger(Database database, InstantSource clock, UploadProperties properties) {
        return new Ledger(database, clock, properties.expiresAfter(), Boot.current());
    }

    @Bean
    Room room(DiskSpool spool, UploadProperties properties, MeterRegistry meters) {
        Room room = new Room(spool, properties.maxUnfinished());
        Gauge.builder("sluice.uploads.unfinished", room, Room::count)
                .description("uploads that wait for the rest of their bytes")
                .register(meters);
        return room;
    }

    @Bean
    Appends appends(
            DiskExecutor disk,
            ResumableSpool spool,
            DiskStore store,
            Uploads uploads,
            Turns turns,
            Ledger ledger,
            Room room,
            Quotas quotas,
            UploadProperties properties) {
        long maxSize = properties.maxSize().bytes();
        Files files = new Files(disk, spool, store);
        Completion completion = new Completion(disk, store, uploads, files, room);
        Concatenations concatenations =
                new Concatenations(disk, turns, files, ledger, room, completion, maxSize);
        Removal removal = new Removal(ledger, files, room, uploads);
        return new Appends(
                disk,
                spool,
                files,
                ledger,
                room,
                completion,
                concatenations,
                removal,
                quotas,
                maxSize);
    }

    @Bean
    Transfers transfers(Turns turns, Appends appends, Uploads uploads) {
        return new Transfers(turns, appends, uploads);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Expiry expiry(
            Transfers transfers,
            Turns turns,
            Appends appends,
            DiskStore store,
            UploadProperties properties) {
        Ledger ledger = appends.ledger();
        return new Expiry(
                transfers,
                ledger,
                new Recovery(appends.spool(), store, ledger, appends.room()),
                new Finishing(turns, ledger, appends.completion(), appends.concatenations()),
                properties.expiresAfter());
    }
}
