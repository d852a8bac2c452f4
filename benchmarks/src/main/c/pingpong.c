/*
 * What two processes can do at best: messages of one size there and back over a stream socket.
 *
 *   pingpong serve unix PATH      pingpong serve tcp PORT
 *   pingpong ask   unix PATH      pingpong ask   tcp PORT
 *
 * The asking side reads "OUTSTANDING SECONDS" lines and answers each with
 * "P50_NS P99_NS MESSAGES SECONDS", as the Java contenders do.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 300, MOST_OUTSTANDING = 512, BUFFER = 65536, SAMPLES = 1 << 22 };

static char buffer[BUFFER];
static uint32_t samples[SAMPLES];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t) time.tv_sec * 1000000000u + (uint64_t) time.tv_nsec;
}

static int open_socket(const char *kind, const char *where, int serves) {
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct sockaddr_in inet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *address = (struct sockaddr *) &local;
    socklen_t length = sizeof local;
    int one = 1;
    int tcp = strcmp(kind, "tcp") == 0;
    if (tcp) {
        inet.sin_port = htons((uint16_t) atoi(where));
        address = (struct sockaddr *) &inet;
        length = sizeof inet;
    } else {
        strncpy(local.sun_path, where, sizeof local.sun_path - 1);
    }
    int fd = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) die("socket");
    if (!serves) {
        if (connect(fd, address, length) < 0) die("connect");
    } else {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(fd, address, length) < 0) die("bind");
        if (listen(fd, 1) < 0) die("listen");
        puts("ready");
        fflush(stdout);
        int peer = accept(fd, NULL, NULL);
        if (peer < 0) die("accept");
        close(fd);
        fd = peer;
    }
    if (tcp) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static void write_all(int fd, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t step = write(fd, buffer + done, length - done);
        if (step < 0) die("write");
        done += (size_t) step;
    }
}

/* Answers whole messages only: a part of one waits for its rest. */
static void serve(int fd) {
    size_t have = 0;
    for (;;) {
        ssize_t step = read(fd, buffer + have, BUFFER - have);
        if (step < 0) die("read");
        if (step == 0) return;
        have += (size_t) step;
        size_t whole = have / SIZE * SIZE;
        write_all(fd, whole);
        memmove(buffer, buffer + whole, have - whole);
        have -= whole;
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *) a, right = *(const uint32_t *) b;
    return left < right ? -1 : left > right;
}

static void ask(int fd, int outstanding, double seconds) {
    static uint64_t sent[MOST_OUTSTANDING];
    uint64_t began = now(), end = began + (uint64_t) (seconds * 1e9), time = began;
    uint64_t messages = 0;
    size_t first = 0, have = 0;
    int out = outstanding;
    for (int i = 0; i < outstanding; i++) sent[i] = began;
    for (int i = 0; i < outstanding; i++) write_all(fd, SIZE);
    while (out > 0) {
        ssize_t step = read(fd, buffer + have, BUFFER - have);
        if (step <= 0) die("read");
        have += (size_t) step;
        size_t whole = have / SIZE;
        have -= whole * SIZE;
        time = now();
        size_t again = 0;
        for (size_t i = 0; i < whole; i++) {
            uint64_t took = time - sent[first];
            if (messages < SAMPLES) samples[messages] = took > UINT32_MAX ? UINT32_MAX : (uint32_t) took;
            messages++;
            if (time < end) {
                sent[first] = time;
                again++;
            } else {
                out--;
            }
            first = (first + 1) % (size_t) outstanding;
        }
        /* What follows a whole message must not be overwritten: the replies are all alike. */
        if (again > 0) write_all(fd, again * SIZE);
    }
    size_t count = messages < SAMPLES ? (size_t) messages : SAMPLES;
    qsort(samples, count, sizeof samples[0], by_size);
    printf("%u %u %llu %.6f\n", samples[count / 2], samples[count * 99 / 100],
           (unsigned long long) messages, (double) (time - began) / 1e9);
    fflush(stdout);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "pingpong serve|ask unix|tcp WHERE\n");
        return 2;
    }
    if (strcmp(arguments[1], "serve") == 0) {
        serve(open_socket(arguments[2], arguments[3], 1));
        return 0;
    }
    int fd = open_socket(arguments[2], arguments[3], 0);
    puts("ready");
    fflush(stdout);
    int outstanding;
    double seconds;
    while (scanf("%d %lf", &outstanding, &seconds) == 2) {
        if (outstanding < 1 || outstanding > MOST_OUTSTANDING) {
            fprintf(stderr, "1 to %d outstanding\n", MOST_OUTSTANDING);
            return 2;
        }
        ask(fd, outstanding, seconds);
    }
    return 0;
}
