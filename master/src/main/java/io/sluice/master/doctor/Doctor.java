package io.sluice.master.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine; changes nothing. */
public final class Doctor {
    private final Path data;

    /**
     * A doctor.
     *
     * @param data the data directory whose disk is looked at; need not exist
     */
    public Doctor(Path data) {
        this.data = data;
    }

    /** Everything that was looked for, in the order of its weight. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.addAll(KernelFeatures.examine());
        findings.addAll(Isolation.examine());
        findings.add(Disk.examine(data));
        findings.add(Libraries.libvips());
        findings.add(Clamd.examine());
        findings.addAll(Ports.examine());
        return findings;
    }

    private static Finding jdk() {
        String text = System.getProperty("java.vendor") + " " + Runtime.version();
        return Runtime.version().feature() >= 25
                ? Finding.ok("JDK", text)
                : Finding.missing("JDK", text + " is too old: install a JDK 25");
    }
}
