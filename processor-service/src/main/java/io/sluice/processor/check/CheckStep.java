package io.sluice.processor.check;

import io.sluice.model.Job;
import io.sluice.model.JobOutcome;
import io.sluice.model.Policy;
import io.sluice.model.Sha256;
import io.sluice.processor.Lease;
import io.sluice.processor.ProcessorProperties;
import io.sluice.processor.Step;
import io.sluice.processor.original.Original;
import io.sluice.processor.original.RefusedOriginal;
import io.sluice.processor.original.Store;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Proves that the original is what was stored, then holds its type and its size in pixels against
 * the policy, all before a scanner or a decoder sees it. A render job's original was proven and let
 * through when it came: of it only the size in pixels is looked at again, as that guards the
 * decoder.
 */
@Component
final class CheckStep implements Step<Job, Checked> {
    private final Store store;
    private final long decodingMemory;
    private final TypeSniffer sniffer = new TypeSniffer();

    @Autowired
    CheckStep(Store store, ProcessorProperties properties) {
        this(store, properties.decodingMemory());
    }

    /**
     * With a bound of its own.
     *
     * @param decodingMemory bytes that decoding a picture may take
     */
    CheckStep(Store store, long decodingMemory) {
        this.store = store;
        this.decodingMemory = decodingMemory;
    }

    @Override
    public Result<Checked> take(Job job, Lease lease) throws IOException {
        Original original = store.open(job, lease);
        if (original.size() == 0) {
            return reject(null, "empty-file", "The file is empty; at least one byte is needed.");
        }
        if (job.kind() == Job.Kind.PROCESS) {
            prove(original, job.sha256());
        }
        byte[] head = original.head(TypeSniffer.HEAD_BYTES);
        String type = sniffer.sniff(head, job.filename(), job.declaredType());
        Policy policy = job.policy();
        if (job.kind() == Job.Kind.PROCESS && !policy.allows(type)) {
            return reject(
                    type,
                    "type-not-allowed",
                    "The file is %s by its content; profile %s allows %s."
                            .formatted(
                                    type,
                                    policy.profile(),
                                    String.join(", ", policy.allowedTypes())));
        }
        return measure(job, original, type);
    }

    private static void prove(Original original, Sha256 stored) throws IOException {
        Sha256 found = original.sha256();
        if (!found.equals(stored)) {
            throw new RefusedOriginal(
                    "original is damaged: its SHA-256 is %s, stored was %s"
                            .formatted(found, stored));
        }
    }

    private Result<Checked> measure(Job job, Original original, String type) throws IOException {
        ImageHeader header;
        try {
            header =
                    ImageHeader.read(type, new ImageBytes(original::read, original.size()))
                            .orElse(null);
        } catch (MalformedImage e) {
            return reject(
                    type,
                    "undecodable-image",
                    "The file begins like %s, but can't be decoded: %s."
                            .formatted(type, e.getMessage()));
        }
        if (header != null && header.pixels() > job.policy().maxPixels()) {
            return reject(type, "too-many-pixels", pixels(header, job.policy()));
        }
        if (header != null && header.memory() > decodingMemory) {
            return reject(type, "too-many-pixels", memory(header));
        }
        return new Result.Next<>(new Checked(job, original, type, header));
    }

    private static String pixels(ImageHeader header, Policy policy) {
        return String.format(
                Locale.ROOT,
                "The picture has %,d pixels (%d x %d, frames: %d); profile %s allows %,d.",
                header.pixels(),
                header.width(),
                header.height(),
                header.frames(),
                policy.profile(),
                policy.maxPixels());
    }

    private String memory(ImageHeader header) {
        return String.format(
                Locale.ROOT,
                "The picture (%d x %d) is stored so that decoding takes %,d bytes at once; %,d are allowed.",
                header.width(),
                header.height(),
                header.memory(),
                decodingMemory);
    }

    private static Result<Checked> reject(@Nullable String type, String code, String detail) {
        return new Result.End<>(new JobOutcome.Rejected(type, code, detail));
    }
}
