package io.sluice.worker.sandbox;

import java.util.Optional;

/** The processors whose system calls are known here. */
enum Machine {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    /** AUDIT_ARCH_* of linux/audit.h: how a filter is told which table a call's number is of. */
    final int audit;

    Machine(int audit) {
        this.audit = audit;
    }

    /** The one that this process runs on, if it is known. */
    static Optional<Machine> current() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
