package io.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void theCpuTimeIsFoundBehindAnyProgramName() {
        String stat =
                "42 (a) b (c)) S 1 42 42 0 -1 4194560 9 8 7 6 150 50 25 75 20 0 1 0 100 4096 10";
        assertThat(ProcStat.cpuSeconds(stat)).isEqualTo(3.0);
    }

    @Test
    void aProcessUsesWhatItsBusyThreadUses() throws Exception {
        Processes own = new Processes(ProcessHandle.current());
        double before = own.cpuSeconds();
        long end = System.nanoTime() + 200_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(own.cpuSeconds() - before).isPositive();
    }

    @Test
    void memoryIsInMebibytes() {
        assertThat(Memory.mebibytes(List.of("Name: x", "VmHWM:\t    2048 kB"), "VmHWM:"))
                .isEqualTo(2);
    }

    @Test
    void thePeakIsNotBelowWhatIsResident() throws Exception {
        List<Long> own = List.of(ProcessHandle.current().pid());
        Memory.forgetPeaks(own);
        double now = Memory.now(own);
        assertThat(Memory.peak(own)).isGreaterThanOrEqualTo(now - 1);
        assertThat(Memory.of(own.getFirst()).resident()).isCloseTo(now, within(now / 2));
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(Median.of(List.of(9, 1, 2), Integer::doubleValue)).isEqualTo(2);
        assertThat(Median.of(List.of(4, 1, 2, 9), Integer::doubleValue)).isEqualTo(3);
    }
}
