package io.sluice.master;

import io.sluice.master.config.BadConfiguration;
import io.sluice.master.doctor.Doctor;
import io.sluice.master.doctor.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = "Tells what the machine has, what of it is used, what to install for more.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws BadConfiguration {
        List<Finding> findings = new Doctor(data.directory().root()).examine();
        findings.forEach(System.out::println);
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.MISSING)
                ? 1
                : 0;
    }
}
