package io.sluice.edge.http.intake;

import io.netty.buffer.ByteBuf;
import io.sluice.edge.http.problem.Problem;
import io.sluice.model.Policy;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks at the first bytes of a file while they arrive, and refuses it before the rest is read if
 * its profile can't let it through. It is a courtesy, not the check: it refuses only what is
 * certain by its signature. Everything else, and a file that is there before it could be refused
 * early, goes on to the processor, which decides.
 *
 * <p>Confined to the request's event loop. It costs a copy of the first bytes and a few
 * comparisons.
 */
public final class TypeGate {
    private static final int HEAD = 4096;

    private final Policy policy;
    private byte[] head = new byte[0];
    private boolean isOpen;

    /** A gate for one file. */
    public TypeGate(Policy policy) {
        this.policy = policy;
    }

    /**
     * The next bytes; they stay the caller's.
     *
     * @throws io.sluice.edge.http.problem.Refusal 415 if the file can't be let through
     */
    public void read(ByteBuf bytes) {
        if (isOpen) {
            return;
        }
        int taken = Math.min(bytes.readableBytes(), HEAD - head.length);
        int before = head.length;
        head = Arrays.copyOf(head, before + taken);
        bytes.getBytes(bytes.readerIndex(), head, before, taken);
        if (head.length == HEAD) {
            judge();
        }
    }

    private void judge() {
        isOpen = true;
        Optional<Signature> found = Signature.of(head);
        head = new byte[0];
        found.filter(signature -> signature.types().stream().noneMatch(this::mayBeAllowed))
                .ifPresent(signature -> {
                    throw Problem.TYPE_NOT_ALLOWED.because(
                            "the file is %s by its content; profile %s allows %s"
                                    .formatted(
                                            signature.name(),
                                            policy.profile(),
                                            String.join(", ", policy.allowedTypes())));
                });
    }

    /** Whether any type of the kind may be among the allowed ones. */
    private boolean mayBeAllowed(String kind) {
        return kind.endsWith("/*")
                ? policy.allowedTypes().stream()
                        .anyMatch(type -> type.startsWith(kind.substring(0, kind.length() - 1)))
                : policy.allows(kind);
    }
}
