package io.sluice.master.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir Path directory;

    @Test
    void looksAtEverythingThatTheContractNames() {
        List<Finding> findings = new Doctor(directory.resolve("not/yet")).examine();

        assertThat(findings)
                .extracting(Finding::name)
                .contains("JDK", "kernel", "epoll", "io_uring", "memfd", "disk", "libvips")
                .contains("clamd", "port", "seccomp", "landlock");
    }

    @Test
    void findsWhatThisTestRunsOn() {
        assertThat(new Doctor(directory).examine())
                .filteredOn(finding -> List.of("JDK", "kernel", "epoll").contains(finding.name()))
                .allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    @Test
    void saysWhatToDoAboutAPortInUse() throws Exception {
        try (var socket = new ServerSocket(0)) {
            assertThat(Ports.examine(socket.getLocalPort(), "sluice.edge.port").toString())
                    .contains(socket.getLocalPort() + " is in use")
                    .contains("--set sluice.edge.port=N");
        }
    }
}
