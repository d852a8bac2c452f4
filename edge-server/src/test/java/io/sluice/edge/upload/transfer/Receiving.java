package io.sluice.edge.upload.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.edge.database.Database;
import io.sluice.edge.database.DatabaseProperties;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.identity.Scope;
import io.sluice.edge.job.JobProperties;
import io.sluice.edge.job.Jobs;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.spool.Boot;
import io.sluice.edge.spool.DiskExecutor;
import io.sluice.edge.spool.DiskProperties;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.spool.DiskStore;
import io.sluice.edge.spool.Durability;
import io.sluice.edge.spool.ResumableSpool;
import io.sluice.edge.upload.NewUpload;
import io.sluice.edge.upload.TestUploads;
import io.sluice.edge.upload.Upload;
import io.sluice.edge.upload.Uploads;
import io.sluice.edge.upload.transfer.TransferRefused.Reason;
import io.sluice.model.ByteSize;
import io.sluice.model.Sha256;
import io.sluice.model.UploadId;
import io.sluice.model.UploadState;
import io.sluice.service.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * An edge's core without HTTP and processors, over real files and a real database. The test has its
 * clock and says in which boot of the machine it runs.
 */
final class Receiving implements AutoCloseable {
    static final Duration EXPIRES_AFTER = Duration.ofHours(1);
    static final long MAX_SIZE = 1000;

    private final DataDirectory data;
    private final Database database;
    private final DiskExecutor disk;
    private final DiskSpool diskSpool;
    private final Uploads uploads;

    /** Who creates and appends. */
    static final Identity SOMEBODY = new Identity("default", "me", Set.of(Scope.UPLOAD));

    private final Transfers transfers;
    private final Finishing finishing;
    private final Recovery recovery;
    private Protocol protocol = Protocol.TUS;
    private Instant now;

    Receiving(Path directory, Instant now, String boot) throws IOException, SQLException {
        this.now = now;
        InstantSource clock = () -> this.now;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        data = new DataDirectory(directory);
        Files.createDirectories(data.db());
        DiskProperties properties = new DiskProperties(2, 64, new ByteSize(0));
        database = new Database(new DatabaseProperties("", 1, 100), data, true, meters);
        disk = new DiskExecutor(properties, meters);
        diskSpool = new DiskSpool(data, properties);
        ResumableSpool spool = new ResumableSpool(data, Durability.FSYNC);
        DiskStore store = new DiskStore(data, Durability.FSYNC);
        Jobs jobs = new Jobs(database, jobProperties(), clock, meters);
        uploads = TestUploads.of(database, disk, store, jobs, clock, meters);
        Ledger ledger = new Ledger(database, clock, EXPIRES_AFTER, new Boot(boot));
        Room room = new Room(diskSpool, 50);
        Turns turns = new Turns();
        io.sluice.edge.upload.transfer.Files files =
                new io.sluice.edge.upload.transfer.Files(disk, spool, store);
        Completion completion = new Completion(disk, store, uploads, files, room);
        Concatenations concatenations =
                new Concatenations(disk, turns, files, ledger, room, completion, MAX_SIZE);
        Appends appends =
                new Appends(
                        disk,
                        spool,
                        files,
                        ledger,
                        room,
                        completion,
                        concatenations,
                        new Removal(ledger, files, room, uploads),
                        Quotas.none(database),
                        MAX_SIZE);
        transfers = new Transfers(turns, appends, uploads);
        finishing = new Finishing(turns, ledger, completion, concatenations);
        recovery = new Recovery(spool, store, ledger, room);
    }

    private static JobProperties jobProperties() {
        return new JobProperties(
                3, 20, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(2), 100);
    }

    /** What the start does. */
    void recover() throws IOException {
        finishing.finish(recovery.run());
    }

    /** Uploads are created and asked for by that protocol from now on. */
    void speak(Protocol spoken) {
        protocol = spoken;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Transfers transfers() {
        return transfers;
    }

    DiskSpool disk() {
        return diskSpool;
    }

    Transfer create(@Nullable Long length) {
        return create(Role.WHOLE, length, List.of());
    }

    Transfer create(Role role, @Nullable Long length, List<UploadId> parts) {
        NewUpload upload =
                new NewUpload("default", "test", "default", "a.txt", "text/plain", "{}", null);
        return transfers.create(
                new NewTransfer(upload, protocol, role, length, "filename YQ==", null, parts));
    }

    Turn turn(UploadId id) {
        return transfers.turn(id);
    }

    Transfer take(Turn turn) {
        return transfers.take(turn, SOMEBODY, protocol);
    }

    /** The true state, as a HEAD sees it. */
    Transfer look(UploadId id) {
        Turn turn = turn(id);
        try {
            return take(turn);
        } finally {
            turn.release();
        }
    }

    static Chunk chunk(long offset) {
        return new Chunk(offset, null, -1, false, null, false);
    }

    Append begin(Turn turn, Chunk chunk) {
        Transfer known = take(turn);
        try {
            return transfers.append(turn, known, chunk);
        } catch (RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    Append begin(UploadId id, long offset, String text) throws IOException {
        Append append = begin(turn(id), chunk(offset));
        append.write(bytes(text));
        return append;
    }

    Transfer append(UploadId id, long offset, String text) throws IOException {
        return begin(id, offset, text).end(new Ending.Whole(null));
    }

    Transfer append(UploadId id, Chunk chunk, String text) throws IOException {
        Append append = begin(turn(id), chunk);
        append.write(bytes(text));
        return append.end(new Ending.Whole(null));
    }

    static ByteBuffer[] bytes(String text) {
        return new ByteBuffer[] {ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))};
    }

    Upload upload(UploadId id) {
        return uploads.find("default", id).orElseThrow();
    }

    Path spooled(UploadId id) {
        return data.spool().resolve(id.toString());
    }

    Path unproven(UploadId id) {
        return data.spool().resolve(id + ".unproven");
    }

    Path original(UploadId id) {
        return data.store().resolve(id.storePath());
    }

    /** The upload is complete, and its bytes are where originals lie. */
    void expectStored(UploadId id, String text) throws Exception {
        Upload upload = upload(id);
        assertThat(upload.state()).isEqualTo(UploadState.STORED);
        assertThat(upload.size()).isEqualTo(text.length());
        assertThat(upload.sha256()).isEqualTo(sha256(text));
        assertThat(original(id)).hasContent(text);
        assertThat(spooled(id)).doesNotExist();
    }

    static Sha256 sha256(String text) throws Exception {
        return Sha256.of(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TransferRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Override
    public void close() throws SQLException {
        disk.close();
        database.close();
    }
}
