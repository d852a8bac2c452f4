package io.sluice.edge.http;

import io.sluice.edge.http.intake.Allowance;
import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.intake.RawRequest;
import io.sluice.edge.http.intake.ReceivedFile;
import io.sluice.edge.http.intake.TypeGate;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.http.tus.TusMetadata;
import io.sluice.edge.identity.Grant;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.quota.Quotas;
import io.sluice.edge.quota.Reservation;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.Arrival;
import io.sluice.edge.upload.NewUpload;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.UploadProperties;
import io.sluice.model.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of an upload before its body, and what its files are accepted as after it. */
final class UploadPolicy {
    /** Fields, part headers and boundaries around a form's files. */
    private static final long FORM_OVERHEAD = 8 << 20;

    private static final String NO_METADATA = "{}";

    private final UploadProperties limits;
    private final Profiles profiles;
    private final Quotas quotas;
    private final DiskSpool spool;

    UploadPolicy(UploadProperties limits, Profiles profiles, Quotas quotas, DiskSpool spool) {
        this.limits = limits;
        this.profiles = profiles;
        this.quotas = quotas;
        this.spool = spool;
    }

    /**
     * Judges the header. Cheap: no I/O.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400, 403 or 413
     * @throws io.sluice.edge.spool.NoDiskRoom if the disk is too full
     */
    void check(UploadRequest upload, Identity who) {
        upload.profile().ifPresent(profile -> requireProfile(profile, who));
        long length = upload.length().orElse(-1);
        long longest = sizeLimit(who);
        if (upload.isForm()) {
            longest = saturatedProduct(longest, limits.maxFiles());
        }
        if (length > longest) {
            throw Allowance.tooLarge(sizeLimit(who), sizeSetting(who));
        }
        spool.requireRoom(length);
    }

    private long sizeLimit(Identity who) {
        long longest = limits.maxSize().bytes();
        return who.grant() == null ? longest : Math.min(longest, who.grant().maxSize());
    }

    private String sizeSetting(Identity who) {
        return sizeLimit(who) < limits.maxSize().bytes()
                ? "the upload token"
                : "sluice.upload.max-size";
    }

    private static long saturatedProduct(long size, int count) {
        long most = (Long.MAX_VALUE - FORM_OVERHEAD) / count;
        return Math.min(size, most) * count + FORM_OVERHEAD;
    }

    private void requireProfile(String profile, Identity who) {
        if (!profiles.names().contains(profile)) {
            throw Problem.UNKNOWN_PROFILE.because("the profiles are " + profiles.names());
        }
        Grant grant = who.grant();
        if (grant != null && grant.profile() != null && !grant.profile().equals(profile)) {
            throw Problem.FORBIDDEN.because(
                    "the upload token is for the profile " + grant.profile());
        }
    }

    /** The gate that a file of the request's profile passes as it arrives. */
    TypeGate gate(UploadRequest upload, Identity who) {
        return gate(upload.profile().or(() -> granted(who)).orElse(Profiles.DEFAULT));
    }

    /** Whether there is such a profile; what there is none for is refused in the end. */
    boolean knows(String profile) {
        return profiles.names().contains(profile);
    }

    /** The gate of a profile. */
    TypeGate gate(String profile) {
        return new TypeGate(profiles.policy(profile));
    }

    /**
     * What the request's files may be, and the room that they take. Cheap: no I/O.
     *
     * @throws io.sluice.edge.http.problem.Refusal 415 if the client may not send that type
     * @throws io.sluice.edge.quota.QuotaExceeded if there is no room for what was announced
     */
    Allowance allowance(UploadRequest upload, Identity who) {
        // How much of a form's length its files are is not known before they come.
        long announced = upload.isForm() ? 0 : upload.length().orElse(0);
        Reservation quota = quotas.reserve(who.tenant(), announced);
        Allowance allowance =
                new Allowance(
                        sizeLimit(who),
                        sizeSetting(who),
                        who.grant() == null ? List.of() : who.grant().types(),
                        quota);
        return upload.isForm() ? allowance : begun(allowance, upload);
    }

    /** A raw body is one file, which its header has told all about. */
    private static Allowance begun(Allowance allowance, UploadRequest upload) {
        try {
            allowance.file(upload.raw().declaredType());
            return allowance;
        } catch (RuntimeException e) {
            allowance.quota().close();
            throw e;
        }
    }

    /**
     * What to have accepted, file by file. A form's fields win over the query, and a token over
     * both.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 or 403
     */
    List<Arrival> arrivals(UploadRequest upload, Intake intake, Identity who) {
        String profile = profile(upload, intake, who);
        String metadata = metadata(intake, who);
        List<Arrival> arrivals = new ArrayList<>();
        for (ReceivedFile file : intake.files()) {
            NewUpload request =
                    new NewUpload(
                            who.tenant(),
                            who.actor(),
                            profile,
                            file.filename(),
                            file.declaredType(),
                            metadata,
                            key(upload, who, arrivals.size()),
                            upload.trace(),
                            who.grant());
            arrivals.add(new Arrival(request, file.bytes()));
        }
        return arrivals;
    }

    /**
     * What an upload becomes that comes in several requests, by what its client said when it began.
     * A token wins over it.
     *
     * @param isPart whether it is only bytes for others, so that its type says nothing
     * @throws io.sluice.edge.http.problem.Refusal 400, 403 or 415
     */
    NewUpload transferred(TusMetadata told, boolean isPart, Identity who) {
        told.profile().ifPresent(profile -> requireProfile(profile, who));
        Grant grant = who.grant();
        if (grant != null && !isPart) {
            Allowance.requireType(grant.types(), told.filetype());
        }
        return new NewUpload(
                who.tenant(),
                who.actor(),
                told.profile().or(() -> granted(who)).orElse(Profiles.DEFAULT),
                told.filename(),
                told.filetype(),
                grant == null ? told.json() : Metadata.merge(told.json(), grant.metadata()),
                null,
                TraceParent.next(),
                grant);
    }

    /** The same of one whose request tells all about it but its bytes. */
    NewUpload begun(UploadRequest upload, Identity who) {
        Grant grant = who.grant();
        RawRequest raw = upload.raw();
        if (grant != null) {
            Allowance.requireType(grant.types(), raw.declaredType());
        }
        return new NewUpload(
                who.tenant(),
                who.actor(),
                upload.profile().or(() -> granted(who)).orElse(Profiles.DEFAULT),
                raw.filename(),
                raw.declaredType(),
                grant == null ? NO_METADATA : Metadata.merge(NO_METADATA, grant.metadata()),
                null,
                upload.trace(),
                grant);
    }

    private static Optional<String> granted(Identity who) {
        return Optional.ofNullable(who.grant()).map(Grant::profile);
    }

    private String profile(UploadRequest upload, Intake intake, Identity who) {
        Optional<String> field = Optional.ofNullable(intake.fields().get("profile"));
        field.ifPresent(name -> requireProfile(name, who));
        return field.or(upload::profile).or(() -> granted(who)).orElse(Profiles.DEFAULT);
    }

    private static String metadata(Intake intake, Identity who) {
        String ofClient =
                Optional.ofNullable(intake.fields().get("metadata"))
                        .map(Metadata::compact)
                        .orElse(NO_METADATA);
        return who.grant() == null ? ofClient : Metadata.merge(ofClient, who.grant().metadata());
    }

    /**
     * Each file of a form has a key of its own, so that a repeated form finds all of them. A
     * token's keys are its own too: its holder must not find what another one has sent.
     */
    private static @Nullable String key(UploadRequest upload, Identity who, int index) {
        String space = who.grant() == null ? "" : who.credential() + '\n';
        return upload.idempotencyKey()
                .map(key -> space + (index == 0 ? key : key + '\n' + index))
                .orElse(null);
    }
}
