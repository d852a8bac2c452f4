package io.sluice.edge.upload;

import io.sluice.edge.database.Audit;
import io.sluice.edge.job.JobRow;
import io.sluice.edge.job.JobSubject;
import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.Rendition;
import io.sluice.model.RenditionSpec;
import io.sluice.model.UploadState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What jobs do to uploads: each end of a job moves its upload forward in the same commit. */
final class Processing implements JobSubject {
    private static final String BY_ITSELF = "sluice";

    private final Profiles profiles;
    private final EndStates endStates;
    private final InstantSource clock;

    Processing(Profiles profiles, EndStates endStates, InstantSource clock) {
        this.profiles = profiles;
        this.endStates = endStates;
        this.clock = clock;
    }

    @Override
    public Optional<Job> begin(JdbcClient jdbc, JobRow row, LongFunction<Duration> deadline) {
        if (row.kind() == Job.Kind.PROCESS) {
            new Transition(jdbc, row.upload(), clock.millis()).processing(row.attempt());
        }
        return UploadRows.find(jdbc, row.upload())
                .filter(upload -> upload.state() != UploadState.DELETED)
                .map(upload -> job(upload, row, policy(jdbc, upload), deadline));
    }

    private Policy policy(JdbcClient jdbc, Upload upload) {
        Policy policy = profiles.policy(upload.profile());
        List<String> types = UploadRows.allowedTypes(jdbc, upload.id());
        return types == null ? policy : MediaTypes.narrow(policy, types);
    }

    private Job job(Upload upload, JobRow row, Policy policy, LongFunction<Duration> deadline) {
        return new Job(
                row.id(),
                row.attempt(),
                row.kind(),
                upload.id(),
                upload.id().storePath(),
                upload.size(),
                upload.sha256(),
                upload.filename(),
                upload.declaredType(),
                policy,
                wanted(upload, row),
                clock.instant().plus(deadline.apply(upload.size())),
                row.trace().text());
    }

    private List<RenditionSpec> wanted(Upload upload, JobRow row) {
        String name = row.rendition();
        return name == null
                ? profiles.eager(upload.profile())
                : profiles.rendition(upload.profile(), name).stream().toList();
    }

    @Override
    public void settle(JdbcClient jdbc, JobRow row, JobOutcome outcome) {
        Transition upload = new Transition(jdbc, row.upload(), clock.millis());
        boolean isProcess = row.kind() == Job.Kind.PROCESS;
        switch (outcome) {
            case JobOutcome.Rendered rendered -> {
                if (isProcess) {
                    upload.ready(rendered);
                }
                for (Rendition made : rendered.renditions()) {
                    upload.rendition(made);
                }
            }
            case JobOutcome.Infected infected -> {
                upload.quarantined(infected);
                audit(jdbc, row, "quarantined", infected.scan().signature());
            }
            case JobOutcome.Unscannable unscannable -> {
                upload.unscannable(unscannable);
                audit(jdbc, row, "unscannable", unscannable.reason());
            }
            case JobOutcome.Rejected rejected -> {
                if (isProcess) {
                    upload.rejected(rejected);
                }
            }
            case JobOutcome.Failed _, JobOutcome.Deferred _ ->
                    throw new IllegalStateException("doesn't settle a job: " + outcome);
        }
    }

    @Override
    public void bury(JdbcClient jdbc, JobRow row, String reason) {
        if (row.kind() == Job.Kind.PROCESS) {
            new Transition(jdbc, row.upload(), clock.millis()).failed(reason);
        }
        audit(jdbc, row, "dead-letter", reason);
    }

    private void audit(JdbcClient jdbc, JobRow row, String action, @Nullable String detail) {
        Audit.write(jdbc, clock.millis(), BY_ITSELF, action, row.upload().toString(), detail);
    }

    @Override
    public void committed(JobRow row) {
        endStates.reached(row.upload());
    }
}
