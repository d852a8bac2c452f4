package io.sluice.edge.http;

import io.sluice.edge.http.intake.Intake;
import io.sluice.edge.http.intake.ReceivedFile;
import io.sluice.edge.http.intake.TypeGate;
import io.sluice.edge.http.problem.Problem;
import io.sluice.edge.identity.Identity;
import io.sluice.edge.spool.DiskSpool;
import io.sluice.edge.upload.NewUpload;
import io.sluice.edge.upload.Profiles;
import io.sluice.edge.upload.UploadProperties;
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
    private final DiskSpool spool;

    UploadPolicy(UploadProperties limits, Profiles profiles, DiskSpool spool) {
        this.limits = limits;
        this.profiles = profiles;
        this.spool = spool;
    }

    /**
     * Judges the header. Cheap: no I/O.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400 or 413
     * @throws io.sluice.edge.spool.NoDiskRoom if the disk is too full
     */
    void check(UploadRequest upload) {
        upload.profile().ifPresent(this::requireProfile);
        long length = upload.length().orElse(-1);
        long longest = limits.maxSize().bytes();
        if (upload.isForm()) {
            longest = saturatedProduct(longest, limits.maxFiles());
        }
        if (length > longest) {
            throw Problem.TOO_LARGE.because(
                    "an upload has at most %d bytes (sluice.upload.max-size)"
                            .formatted(limits.maxSize().bytes()));
        }
        spool.requireRoom(length);
    }

    private static long saturatedProduct(long size, int count) {
        long most = (Long.MAX_VALUE - FORM_OVERHEAD) / count;
        return Math.min(size, most) * count + FORM_OVERHEAD;
    }

    private void requireProfile(String profile) {
        if (!profiles.names().contains(profile)) {
            throw Problem.UNKNOWN_PROFILE.because("the profiles are " + profiles.names());
        }
    }

    /** The gate that a file of the request's profile passes as it arrives. */
    TypeGate gate(UploadRequest upload) {
        return gate(upload.profile().orElse(Profiles.DEFAULT));
    }

    /** The gate of a profile. */
    TypeGate gate(String profile) {
        return new TypeGate(profiles.policy(profile));
    }

    /**
     * What to ask of the core, file by file. A form's fields win over the query.
     *
     * @throws io.sluice.edge.http.problem.Refusal 400
     */
    List<NewUpload> requests(UploadRequest upload, Intake intake, Identity who) {
        Optional<String> field = Optional.ofNullable(intake.fields().get("profile"));
        field.ifPresent(this::requireProfile);
        String profile = field.or(upload::profile).orElse(Profiles.DEFAULT);
        String metadata =
                Optional.ofNullable(intake.fields().get("metadata"))
                        .map(Metadata::compact)
                        .orElse(NO_METADATA);
        List<NewUpload> requests = new ArrayList<>();
        for (ReceivedFile file : intake.files()) {
            requests.add(
                    new NewUpload(
                            who.tenant(),
                            who.actor(),
                            profile,
                            file.filename(),
                            file.declaredType(),
                            metadata,
                            key(upload, requests.size()),
                            upload.trace()));
        }
        return requests;
    }

    /** Each file of a form has a key of its own, so that a repeated form finds all of them. */
    private static @Nullable String key(UploadRequest upload, int index) {
        return upload.idempotencyKey()
                .map(key -> index == 0 ? key : key + '\n' + index)
                .orElse(null);
    }
}
