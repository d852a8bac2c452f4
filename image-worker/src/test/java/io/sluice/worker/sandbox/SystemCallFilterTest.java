package io.sluice.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.worker.sandbox.SystemCallFilter.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter of either machine, run by an interpreter of the few operations that it uses. */
class SystemCallFilterTest {
    private static final int DENIED = SystemCallFilter.FAIL | Kernel.EPERM;

    @ParameterizedTest
    @EnumSource
    void deniesWhatNoDecoderNeeds(Machine machine) {
        for (Syscall call : Syscall.denied()) {
            call.number(machine)
                    .ifPresent(number -> assertThat(run(machine, number, 0)).isEqualTo(DENIED));
        }
        assertThat(Syscall.denied())
                .contains(Syscall.EXECVE, Syscall.SOCKET, Syscall.PTRACE, Syscall.IO_URING_SETUP);
    }

    @ParameterizedTest
    @EnumSource
    void allowsTheRest(Machine machine) {
        for (Syscall call : List.of(Syscall.OPENAT, Syscall.CLOSE, Syscall.CLOCK_GETTIME)) {
            assertThat(run(machine, number(machine, call), 7)).isEqualTo(SystemCallFilter.ALLOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allowsThreadsAndNoProcesses(Machine machine) {
        int clone = number(machine, Syscall.CLONE);
        assertThat(run(machine, clone, 0x3d0f00)).isEqualTo(SystemCallFilter.ALLOW);
        assertThat(run(machine, clone, 17)).isEqualTo(DENIED); // SIGCHLD: fork
        assertThat(run(machine, number(machine, Syscall.CLONE3), 0))
                .isEqualTo(SystemCallFilter.FAIL | Kernel.ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void letsAProcessLimitOnlyItself(Machine machine) {
        int limit = number(machine, Syscall.PRLIMIT64);
        assertThat(run(machine, limit, 0)).isEqualTo(SystemCallFilter.ALLOW);
        assertThat(run(machine, limit, 4711)).isEqualTo(DENIED);
    }

    @Test
    void refusesTheX32Numbers() {
        assertThat(run(Machine.X86_64, 0x40000000 | 39, 0)).isEqualTo(DENIED);
        assertThat(run(Machine.X86_64, 0xFFFFFFFF, 0)).isEqualTo(DENIED);
    }

    @Test
    void killsAProcessThatCallsByAnotherTable() {
        List<Instruction> program = SystemCallFilter.program(Machine.X86_64);
        assertThat(run(program, Machine.AARCH64.audit, 39, 0)).isEqualTo(SystemCallFilter.KILL);
        assertThat(run(program, 0x40000003, 39, 0)).isEqualTo(SystemCallFilter.KILL); // i386
    }

    private static int number(Machine machine, Syscall call) {
        return call.number(machine).orElseThrow();
    }

    private static int run(Machine machine, int number, int argument) {
        return run(SystemCallFilter.program(machine), machine.audit, number, argument);
    }

    private static int run(List<Instruction> program, int machine, int number, int argument) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            Instruction now = program.get(at++);
            switch (now.code()) {
                case 0x20 ->
                        accumulator =
                                switch (now.operand()) {
                                    case 0 -> number;
                                    case 4 -> machine;
                                    case 16 -> argument;
                                    default -> throw new AssertionError(now);
                                };
                case 0x15 -> at += accumulator == now.operand() ? now.ifTrue() : now.ifFalse();
                case 0x35 ->
                        at +=
                                Integer.compareUnsigned(accumulator, now.operand()) >= 0
                                        ? now.ifTrue()
                                        : now.ifFalse();
                case 0x45 ->
                        at += (accumulator & now.operand()) != 0 ? now.ifTrue() : now.ifFalse();
                case 0x06 -> {
                    return now.operand();
                }
                default -> throw new AssertionError(now);
            }
        }
    }
}
