package io.sluice.worker.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tries what must not work. A wall that was built and doesn't hold is no wall. */
final class Proof {
    static final int SET_NO_NEW_PRIVS = 38;
    private static final int GET_NO_NEW_PRIVS = 39;

    private static final int UNIX = 1; // AF_UNIX
    private static final int STREAM = 1; // SOCK_STREAM
    private static final int ATTACH = 16; // PTRACE_ATTACH
    private static final int X32_GETPID = 0x40000000 | 39;
    private static final int READ_ONLY = 0;

    /** World-readable everywhere, and nothing that a decoder needs. */
    private static final List<Path> FOREIGN = List.of(Path.of("/"), Path.of("/etc/passwd"));

    private static final Path THREADS = Path.of("/proc/self/task");

    private final Kernel kernel;
    private final ProcessLimits limits;

    Proof(Kernel kernel, ProcessLimits limits) {
        this.kernel = kernel;
        this.limits = limits;
    }

    /**
     * Each wall as it was found.
     *
     * @param filtered how the filter's installation ended
     */
    List<Guard> guards(SandboxSettings settings, Kernel.Answer filtered)
            throws IOException, SandboxException {
        List<Guard> guards = new ArrayList<>();
        guards.add(
                kernel.call(Syscall.PRCTL, GET_NO_NEW_PRIVS, 0, 0, 0, 0).value() == 1
                        ? Guard.active("no-new-privs", "set")
                        : Guard.missing("no-new-privs", "the kernel has none"));
        guards.add(filter(filtered));
        guards.add(fileRules());
        guards.add(
                limits.hold(settings)
                        ? Guard.active("limits", "memory %d bytes".formatted(settings.memory()))
                        : Guard.missing("limits", "not as they were set"));
        return guards;
    }

    private Guard filter(Kernel.Answer installed) throws IOException, SandboxException {
        if (installed.failed()) {
            return Guard.missing(
                    "seccomp", "the kernel refuses filters, errno " + installed.errno());
        }
        if (installed.value() != 0) {
            throw new SandboxException("seccomp: thread %d kept out".formatted(installed.value()));
        }
        requireFailure("exec", kernel.call(Syscall.EXECVE, 0, 0, 0), Kernel.EPERM);
        requireFailure("socket", kernel.call(Syscall.SOCKET, UNIX, STREAM, 0), Kernel.EPERM);
        requireFailure("ptrace", kernel.call(Syscall.PTRACE, ATTACH, 0, 0, 0), Kernel.EPERM);
        requireFailure("clone", kernel.call(Syscall.CLONE, 0, 0, 0, 0, 0), Kernel.EPERM);
        requireFailure("clone3", kernel.call(Syscall.CLONE3, 0, 0), Kernel.ENOSYS);
        if (kernel.machine() == Machine.X86_64) {
            requireFailure("x32", kernel.call(X32_GETPID), Kernel.EPERM);
        }
        return Guard.active("seccomp", "all %d threads".formatted(filteredThreads()));
    }

    private static void requireFailure(String what, Kernel.Answer answer, int errno)
            throws SandboxException {
        if (!answer.failedWith(errno)) {
            throw new SandboxException(
                    "seccomp doesn't hold: %s gave %d, errno %d"
                            .formatted(what, answer.value(), answer.errno()));
        }
    }

    private static int filteredThreads() throws IOException, SandboxException {
        int threads = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(THREADS)) {
            for (Path thread : all) {
                threads += isFiltered(thread) ? 1 : 0;
            }
        }
        return threads;
    }

    private static boolean isFiltered(Path thread) throws IOException, SandboxException {
        try {
            if (Files.readAllLines(thread.resolve("status")).contains("Seccomp:\t2")) {
                return true;
            }
            throw new SandboxException("seccomp: a thread without the filter: " + thread);
        } catch (NoSuchFileException e) {
            return false; // it has ended
        }
    }

    private Guard fileRules() throws IOException, SandboxException {
        Kernel.Answer abi = FileRules.abi(kernel);
        if (abi.failed()) {
            return Guard.missing(
                    "landlock",
                    "the kernel has none, or its sandbox hides it: errno " + abi.errno());
        }
        for (Path path : FOREIGN) {
            Kernel.Answer opened = kernel.open(path, READ_ONLY);
            if (!opened.failedWith(Kernel.EACCES) && !opened.failedWith(Kernel.ENOENT)) {
                throw new SandboxException(
                        "landlock doesn't hold: opening %s gave %d, errno %d"
                                .formatted(path, opened.value(), opened.errno()));
            }
        }
        return Guard.active("landlock", "ABI " + abi.value());
    }
}
