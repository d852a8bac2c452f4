package io.sluice.worker.sandbox;

import io.sluice.worker.sandbox.SandboxSettings.Demand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The walls around this process. Landlock binds only the thread that asks for it and what that
 * starts, and a JVM has threads before its first line of Java: so the process puts on its limits
 * and file rules, then starts its own program anew in its own place, whose threads are all born
 * with them. There it puts the filter on all threads and tries whether everything holds.
 */
public final class Sandbox {
    private static final String FOUND_NO_TABLE = "no table of system calls for ";

    private final List<Guard> guards;
    private final Optional<ProcessLimits> limits;

    private Sandbox(List<Guard> guards, Optional<ProcessLimits> limits) {
        this.guards = List.copyOf(guards);
        this.limits = limits;
    }

    /**
     * Goes in; the first time that doesn't return, as the program begins again.
     *
     * @throws SandboxException if what must hold doesn't
     */
    public static Sandbox enter(SandboxSettings settings) throws SandboxException {
        if (settings.demand() == Demand.OFF) {
            return new Sandbox(
                    List.of(Guard.missing("isolation", SandboxSettings.DEMAND + " = off")),
                    Optional.empty());
        }
        Optional<Machine> machine = Machine.current();
        if (machine.isEmpty()) {
            Guard none = Guard.missing("isolation", FOUND_NO_TABLE + System.getProperty("os.arch"));
            return required(settings, new Sandbox(List.of(none), Optional.empty()));
        }
        Kernel kernel = new Kernel(machine.get());
        ProcessLimits limits = new ProcessLimits(kernel);
        try {
            if (!Rebirth.isReborn()) {
                confine(kernel, limits, settings);
                Rebirth.begin(kernel);
            }
            Kernel.Answer filtered = SystemCallFilter.install(kernel);
            Proof proof = new Proof(kernel, limits);
            return required(
                    settings, new Sandbox(proof.guards(settings, filtered), Optional.of(limits)));
        } catch (IOException e) {
            throw new SandboxException("isolation failed: " + e.getMessage());
        }
    }

    private static void confine(Kernel kernel, ProcessLimits limits, SandboxSettings settings)
            throws IOException {
        limits.set(settings);
        kernel.require(Syscall.PRCTL, Proof.SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        Kernel.Answer abi = FileRules.abi(kernel);
        if (abi.failed()) {
            return;
        }
        FileRules rules = new FileRules(kernel, (int) abi.value());
        rules.allowLoading(Path.of(System.getProperty("java.home")));
        for (String libraries : List.of("/lib", "/lib64", "/usr/lib", "/usr/local/lib")) {
            rules.allowLoading(Path.of(libraries));
        }
        for (Path libraries : settings.libraries()) {
            rules.allowReading(libraries);
        }
        for (String needed :
                List.of(
                        "/etc/ld.so.cache",
                        "/proc/self",
                        "/proc/cpuinfo",
                        "/proc/meminfo",
                        "/sys/devices/system/cpu",
                        "/dev/null",
                        "/dev/random",
                        "/dev/urandom")) {
            rules.allowReading(Path.of(needed));
        }
        for (Path file : ProgramFiles.of(System.getProperty("java.class.path"))) {
            rules.allowReading(file);
        }
        for (Path original : settings.readable()) {
            rules.allowReading(original);
        }
        for (Path directory : settings.writable()) {
            rules.allowWriting(directory);
        }
        rules.enforce();
    }

    private static Sandbox required(SandboxSettings settings, Sandbox sandbox)
            throws SandboxException {
        String missing =
                sandbox.guards.stream()
                        .filter(guard -> !guard.active())
                        .map(guard -> guard.name() + " (" + guard.detail() + ")")
                        .collect(Collectors.joining(", "));
        if (settings.demand() == Demand.REQUIRED && !missing.isEmpty()) {
            throw new SandboxException(
                    "%s = required, but this machine lacks: %s; use auto to go without"
                            .formatted(SandboxSettings.DEMAND, missing));
        }
        return sandbox;
    }

    /** Every wall, standing or not. */
    public List<Guard> guards() {
        return guards;
    }

    /** Gives the next picture so many seconds of computing, after which the kernel steps in. */
    public void allowCpu(long seconds) throws IOException {
        if (limits.isPresent()) {
            limits.get().allowCpu(seconds);
        }
    }
}
