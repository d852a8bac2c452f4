package io.sluice.worker.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * System calls by their numbers on each machine (asm/unistd_64.h, asm-generic/unistd.h). Those that
 * reach other processes, the network, the kernel's settings or the names and rights of files are
 * denied to a worker; it was given all files that it needs.
 */
enum Syscall {
    SOCKET(41, 198, Use.DENIED),
    SOCKETPAIR(53, 199, Use.DENIED),
    CONNECT(42, 203, Use.DENIED),
    ACCEPT(43, 202, Use.DENIED),
    ACCEPT4(288, 242, Use.DENIED),
    BIND(49, 200, Use.DENIED),
    LISTEN(50, 201, Use.DENIED),
    SENDTO(44, 206, Use.DENIED),
    SENDMSG(46, 211, Use.DENIED),
    SENDMMSG(307, 269, Use.DENIED),
    FORK(57, Use.ABSENT, Use.DENIED),
    VFORK(58, Use.ABSENT, Use.DENIED),
    EXECVE(59, 221, Use.DENIED),
    EXECVEAT(322, 281, Use.DENIED),
    PTRACE(101, 117, Use.DENIED),
    PROCESS_VM_READV(310, 270, Use.DENIED),
    PROCESS_VM_WRITEV(311, 271, Use.DENIED),
    PROCESS_MADVISE(440, 440, Use.DENIED),
    KCMP(312, 272, Use.DENIED),
    KILL(62, 129, Use.DENIED),
    TKILL(200, 130, Use.DENIED),
    RT_SIGQUEUEINFO(129, 138, Use.DENIED),
    RT_TGSIGQUEUEINFO(297, 240, Use.DENIED),
    PIDFD_OPEN(434, 434, Use.DENIED),
    PIDFD_GETFD(438, 438, Use.DENIED),
    PIDFD_SEND_SIGNAL(424, 424, Use.DENIED),
    IO_URING_SETUP(425, 425, Use.DENIED),
    IO_URING_ENTER(426, 426, Use.DENIED),
    IO_URING_REGISTER(427, 427, Use.DENIED),
    BPF(321, 280, Use.DENIED),
    PERF_EVENT_OPEN(298, 241, Use.DENIED),
    USERFAULTFD(323, 282, Use.DENIED),
    MOUNT(165, 40, Use.DENIED),
    UMOUNT2(166, 39, Use.DENIED),
    PIVOT_ROOT(155, 41, Use.DENIED),
    CHROOT(161, 51, Use.DENIED),
    UNSHARE(272, 97, Use.DENIED),
    SETNS(308, 268, Use.DENIED),
    MOVE_MOUNT(429, 429, Use.DENIED),
    OPEN_TREE(428, 428, Use.DENIED),
    FSOPEN(430, 430, Use.DENIED),
    FSCONFIG(431, 431, Use.DENIED),
    FSMOUNT(432, 432, Use.DENIED),
    FSPICK(433, 433, Use.DENIED),
    MOUNT_SETATTR(442, 442, Use.DENIED),
    OPEN_BY_HANDLE_AT(304, 265, Use.DENIED),
    NAME_TO_HANDLE_AT(303, 264, Use.DENIED),
    INIT_MODULE(175, 105, Use.DENIED),
    FINIT_MODULE(313, 273, Use.DENIED),
    DELETE_MODULE(176, 106, Use.DENIED),
    KEXEC_LOAD(246, 104, Use.DENIED),
    KEXEC_FILE_LOAD(320, 294, Use.DENIED),
    REBOOT(169, 142, Use.DENIED),
    SWAPON(167, 224, Use.DENIED),
    SWAPOFF(168, 225, Use.DENIED),
    SYSLOG(103, 116, Use.DENIED),
    ACCT(163, 89, Use.DENIED),
    QUOTACTL(179, 60, Use.DENIED),
    QUOTACTL_FD(443, 443, Use.DENIED),
    ADD_KEY(248, 217, Use.DENIED),
    REQUEST_KEY(249, 218, Use.DENIED),
    KEYCTL(250, 219, Use.DENIED),
    SETUID(105, 146, Use.DENIED),
    SETGID(106, 144, Use.DENIED),
    SETREUID(113, 145, Use.DENIED),
    SETREGID(114, 143, Use.DENIED),
    SETRESUID(117, 147, Use.DENIED),
    SETRESGID(119, 149, Use.DENIED),
    SETGROUPS(116, 159, Use.DENIED),
    SETFSUID(122, 151, Use.DENIED),
    SETFSGID(123, 152, Use.DENIED),
    CAPSET(126, 91, Use.DENIED),
    PERSONALITY(135, 92, Use.DENIED),
    CHMOD(90, Use.ABSENT, Use.DENIED),
    FCHMOD(91, 52, Use.DENIED),
    FCHMODAT(268, 53, Use.DENIED),
    FCHMODAT2(452, 452, Use.DENIED),
    CHOWN(92, Use.ABSENT, Use.DENIED),
    FCHOWN(93, 55, Use.DENIED),
    LCHOWN(94, Use.ABSENT, Use.DENIED),
    FCHOWNAT(260, 54, Use.DENIED),
    LINK(86, Use.ABSENT, Use.DENIED),
    LINKAT(265, 37, Use.DENIED),
    SYMLINK(88, Use.ABSENT, Use.DENIED),
    SYMLINKAT(266, 36, Use.DENIED),
    MKNOD(133, Use.ABSENT, Use.DENIED),
    MKNODAT(259, 33, Use.DENIED),
    RENAME(82, Use.ABSENT, Use.DENIED),
    RENAMEAT(264, 38, Use.DENIED),
    RENAMEAT2(316, 276, Use.DENIED),
    UNLINK(87, Use.ABSENT, Use.DENIED),
    UNLINKAT(263, 35, Use.DENIED),
    MKDIR(83, Use.ABSENT, Use.DENIED),
    MKDIRAT(258, 34, Use.DENIED),
    RMDIR(84, Use.ABSENT, Use.DENIED),
    TRUNCATE(76, 45, Use.DENIED),
    SETXATTR(188, 5, Use.DENIED),
    LSETXATTR(189, 6, Use.DENIED),
    FSETXATTR(190, 7, Use.DENIED),
    SETXATTRAT(463, 463, Use.DENIED),
    REMOVEXATTR(197, 14, Use.DENIED),
    LREMOVEXATTR(198, 15, Use.DENIED),
    FREMOVEXATTR(199, 16, Use.DENIED),
    UTIME(132, Use.ABSENT, Use.DENIED),
    UTIMES(235, Use.ABSENT, Use.DENIED),
    FUTIMESAT(261, Use.ABSENT, Use.DENIED),
    UTIMENSAT(280, 88, Use.DENIED),
    MEMFD_CREATE(319, 279, Use.DENIED),
    MEMFD_SECRET(447, 447, Use.DENIED),
    MSGGET(68, 186, Use.DENIED),
    SHMGET(29, 194, Use.DENIED),
    SEMGET(64, 190, Use.DENIED),
    MQ_OPEN(240, 180, Use.DENIED),
    SETTIMEOFDAY(164, 170, Use.DENIED),
    CLOCK_SETTIME(227, 112, Use.DENIED),
    ADJTIMEX(159, 171, Use.DENIED),
    CLOCK_ADJTIME(305, 266, Use.DENIED),
    IOPL(172, Use.ABSENT, Use.DENIED),
    IOPERM(173, Use.ABSENT, Use.DENIED),
    MODIFY_LDT(154, Use.ABSENT, Use.DENIED),
    INOTIFY_INIT(253, Use.ABSENT, Use.DENIED),
    INOTIFY_INIT1(294, 26, Use.DENIED),
    FANOTIFY_INIT(300, 262, Use.DENIED),
    OPENAT(257, 56, Use.FREE),
    CLOSE(3, 57, Use.FREE),
    PRCTL(157, 167, Use.FREE),
    CLOCK_GETTIME(228, 113, Use.FREE),
    CLONE(56, 220, Use.FILTERED),
    CLONE3(435, 435, Use.UNKNOWN),
    PRLIMIT64(302, 261, Use.FILTERED),
    SECCOMP(317, 277, Use.FREE),
    LANDLOCK_CREATE_RULESET(444, 444, Use.FREE),
    LANDLOCK_ADD_RULE(445, 445, Use.FREE),
    LANDLOCK_RESTRICT_SELF(446, 446, Use.FREE);

    /** How a worker may use it. */
    private enum Use {
        /** As it likes. */
        FREE,
        /** Only with arguments that the filter looks at. */
        FILTERED,
        /** Not at all: as if the kernel were too old, so that the C library takes the old call. */
        UNKNOWN,
        /** Not at all. */
        DENIED;

        private static final int ABSENT = -1;
    }

    private final int x86;
    private final int arm;
    private final Use use;

    Syscall(int x86, int arm, Use use) {
        this.x86 = x86;
        this.arm = arm;
        this.use = use;
    }

    /** Its number; empty where the machine doesn't have it. */
    OptionalInt number(Machine machine) {
        int number =
                switch (machine) {
                    case X86_64 -> x86;
                    case AARCH64 -> arm;
                };
        return number == Use.ABSENT ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Those that a worker may not use at all. */
    static List<Syscall> denied() {
        return Arrays.stream(values()).filter(call -> call.use == Use.DENIED).toList();
    }
}
