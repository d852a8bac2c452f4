package io.sluice.worker.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The seccomp filter: a program for the kernel's packet-filter machine that looks at each system
 * call of every thread of this process (seccomp(2)). It can't be taken off again.
 */
final class SystemCallFilter {
    static final int ALLOW = 0x7FFF0000;
    static final int KILL = 0x80000000;
    static final int FAIL = 0x00050000; // with the error number in the lower half

    private static final int SET_MODE_FILTER = 1;
    private static final int ALL_THREADS = 1; // SECCOMP_FILTER_FLAG_TSYNC

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_BITS = 0x45;
    private static final int RETURN = 0x06;

    // Offsets in struct seccomp_data; of an argument the lower half.
    private static final int NUMBER = 0;
    private static final int ARCHITECTURE = 4;
    private static final int FIRST_ARGUMENT = 16;

    /** Numbers from here on are the x32 ABI's: another table for the same kernel. */
    private static final int X32 = 0x40000000;

    private static final int CLONE_THREAD = 0x00010000;

    private final List<Instruction> program = new ArrayList<>();

    /** struct sock_filter: an operation, how far to jump if its test holds or not, an operand. */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

    private SystemCallFilter() {}

    static List<Instruction> program(Machine machine) {
        SystemCallFilter filter = new SystemCallFilter();
        filter.onlyOf(machine);
        filter.answer(Syscall.CLONE3, machine, FAIL | Kernel.ENOSYS);
        Syscall.denied().forEach(call -> filter.answer(call, machine, FAIL | Kernel.EPERM));
        filter.allowIf(Syscall.CLONE, machine, IF_BITS, CLONE_THREAD); // a thread, no process
        filter.allowIf(Syscall.PRLIMIT64, machine, IF_EQUAL, 0); // this process's own limits
        filter.add(RETURN, 0, 0, ALLOW);
        return filter.program;
    }

    private void onlyOf(Machine machine) {
        add(LOAD, 0, 0, ARCHITECTURE);
        add(IF_EQUAL, 1, 0, machine.audit);
        add(RETURN, 0, 0, KILL);
        add(LOAD, 0, 0, NUMBER);
        if (machine == Machine.X86_64) {
            add(IF_AT_LEAST, 0, 1, X32);
            add(RETURN, 0, 0, FAIL | Kernel.EPERM);
        }
    }

    private void answer(Syscall call, Machine machine, int answer) {
        OptionalInt number = call.number(machine);
        if (number.isPresent()) {
            add(IF_EQUAL, 0, 1, number.getAsInt());
            add(RETURN, 0, 0, answer);
        }
    }

    private void allowIf(Syscall call, Machine machine, int test, int operand) {
        add(IF_EQUAL, 0, 4, call.number(machine).orElseThrow());
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        add(test, 0, 1, operand);
        add(RETURN, 0, 0, ALLOW);
        add(RETURN, 0, 0, FAIL | Kernel.EPERM);
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.add(new Instruction(code, ifTrue, ifFalse, operand));
    }

    /** Puts the filter on all threads of this process, which must have no-new-privs. */
    static Kernel.Answer install(Kernel kernel) {
        List<Instruction> program = program(kernel.machine());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate(8L * program.size(), 8);
            for (int i = 0; i < program.size(); i++) {
                Instruction each = program.get(i);
                long at = 8L * i;
                instructions.set(ValueLayout.JAVA_SHORT, at, (short) each.code());
                instructions.set(ValueLayout.JAVA_BYTE, at + 2, (byte) each.ifTrue());
                instructions.set(ValueLayout.JAVA_BYTE, at + 3, (byte) each.ifFalse());
                instructions.set(ValueLayout.JAVA_INT, at + 4, each.operand());
            }
            MemorySegment header = arena.allocate(16, 8); // struct sock_fprog
            header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
            header.set(ValueLayout.JAVA_LONG, 8, instructions.address());
            return kernel.call(Syscall.SECCOMP, SET_MODE_FILTER, ALL_THREADS, header.address());
        }
    }
}
