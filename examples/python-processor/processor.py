#!/usr/bin/env python3
"""A processor for Sluice in Python: docs/reference/channel-protocol.md, with the standard library.

It checks an original's type by content and scans it by its hash. It makes no renditions.
"""

import argparse
import asyncio
import contextlib
import os
import pathlib
import signal
import socket
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import checks
import frames

PING_SECONDS = 5
LOST_SECONDS = 15
DRAIN_SECONDS = 20


def log(text):
    print(text, file=sys.stderr, flush=True)


class Job:
    """A job in hand. The worker's thread reads the flag, the event loop sets it."""

    def __init__(self, message):
        self.message = message
        self.cancelled = False

    def is_cancelled(self):
        return self.cancelled or time.time() * 1000 > self.message["deadline_ms"]


class Edge:
    """One connection."""

    def __init__(self, processor, reader, writer):
        self.processor = processor
        self.reader = reader
        self.writer = writer
        self.identity = None
        self.granted = 0
        self.in_hand = {}
        self.heard = time.monotonic()

    def slots(self):
        return self.granted + len(self.in_hand)

    def send(self, **frame):
        if not self.writer.is_closing():
            frames.write(self.writer, frame)

    def grant(self, jobs):
        self.granted += jobs
        self.send(credit={"jobs": jobs})

    async def serve(self):
        hello = {"version": frames.VERSION, "identity": self.processor.identity}
        self.send(hello=hello | {"capabilities": ["credit", "cancel", "progress"]})
        pings = asyncio.create_task(self.ping())
        try:
            while (frame := await frames.read(self.reader)) is not None:
                self.heard = time.monotonic()
                self.take(frame)
                await self.writer.drain()
        except frames.ProtocolViolation as e:
            log(f"connection closed, the edge broke the protocol: {e}")
        except ConnectionError as e:
            log(f"connection broken: {e}")
        finally:
            pings.cancel()
            self.writer.close()
            for job in self.in_hand.values():
                job.cancelled = True
            self.processor.left(self)

    async def ping(self):
        nonce = 0
        while time.monotonic() - self.heard < LOST_SECONDS:
            await asyncio.sleep(PING_SECONDS)
            nonce += 1
            self.send(ping={"nonce": nonce})
        log(f"edge {self.identity} lost: no frame for {LOST_SECONDS} s")
        self.writer.transport.abort()

    def take(self, frame):
        kind = next((name for name in frame), None)
        if self.identity is None and kind != "hello":
            raise frames.ProtocolViolation(f"{kind} before hello")
        match kind:
            case "hello":
                self.greet(frame["hello"])
            case "job":
                self.begin(frame["job"])
            case "cancel":
                cancel = frame["cancel"]
                if job := self.in_hand.get((cancel["job"], cancel["attempt"])):
                    job.cancelled = True
            case "ping":
                self.send(pong={"nonce": frame["ping"]["nonce"]})
            case "pong" | "go_away":
                pass
            case _:
                raise frames.ProtocolViolation(f"{kind}, which is no edge's")

    def greet(self, hello):
        if self.identity is not None:
            raise frames.ProtocolViolation("a second hello")
        if hello["version"] != frames.VERSION:
            raise frames.ProtocolViolation(f"version {hello['version']}")
        self.identity = hello["identity"]
        log(f"edge {self.identity!r} connected")
        self.processor.joined(self)

    def begin(self, message):
        if self.processor.draining:
            return  # the edge gives it to another processor when it reads the go-away
        key = (message["id"], message["attempt"])
        if self.granted == 0 or key in self.in_hand:
            raise frames.ProtocolViolation("a job without credit, or twice")
        self.granted -= 1
        self.in_hand[key] = job = Job(message)
        self.send(accepted={"job": key[0], "attempt": key[1]})
        self.processor.work(self, key, job)


class Processor:
    """Listens, deals its slots out to the edges, and works."""

    def __init__(self, data, name, slots):
        self.identity = f"processor-{name}"
        self.store = data / "store"
        self.socket = data / "run" / f"processor-{name}.sock"
        self.unready = data / "run" / f"processor-{name}.new"
        self.free = slots
        self.busy = 0
        self.workers = ThreadPoolExecutor(slots)
        self.edges = []
        self.draining = False
        self.idle = asyncio.Event()

    async def run(self):
        server = await self.listen()
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        log(f"{self.identity} listens on {self.socket}")
        await stop.wait()
        await self.drain(server)

    async def listen(self):
        if self.is_live():
            sys.exit(f"{self.socket}: another processor listens there; choose another --name")
        self.unready.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self.connected, self.unready)
        self.unready.chmod(0o660)
        # The name appears when edges can connect, over what a killed one has left.
        self.unready.rename(self.socket)
        return server

    def is_live(self):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket))
                return True
            except (FileNotFoundError, ConnectionRefusedError):
                return False

    async def connected(self, reader, writer):
        credentials = writer.get_extra_info("socket").getsockopt(
            socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")
        )
        pid, uid, _ = struct.unpack("3i", credentials)
        if uid != os.getuid():
            log(f"connection refused: uid {uid}, pid {pid}")
            writer.close()
            return
        await Edge(self, reader, writer).serve()

    def joined(self, edge):
        if self.draining:
            edge.send(go_away={"reason": "the processor stops"})
        else:
            self.edges.append(edge)
            self.deal()

    def left(self, edge):
        if edge in self.edges:
            log(f"edge {edge.identity!r} disconnected")
            self.edges.remove(edge)
            self.free += edge.granted
            self.deal()

    def deal(self):
        """A free slot goes to the edge that has fewest."""
        while self.free > 0 and self.edges and not self.draining:
            self.free -= 1
            min(self.edges, key=Edge.slots).grant(1)

    def work(self, edge, key, job):
        self.busy += 1
        loop = asyncio.get_running_loop()
        names = {"job": key[0], "attempt": key[1]}

        def progress(step):
            loop.call_soon_threadsafe(lambda: edge.send(progress=names | {"step": step}))

        def done(future):
            loop.call_soon_threadsafe(self.answer, edge, key, names, future)

        self.workers.submit(
            checks.process, self.store, job.message, progress, job.is_cancelled
        ).add_done_callback(done)

    def answer(self, edge, key, names, future):
        if error := future.exception():
            log(f"job {key[0]} failed: {error!r}")
            outcome = {"failed": {"reason": "the processor has a bug", "retryable": True}}
        else:
            outcome = future.result()
        edge.in_hand.pop(key, None)
        edge.send(result=names | {"outcome": outcome})
        self.busy -= 1
        self.free += 1
        self.deal()
        if self.draining and self.busy == 0:
            self.idle.set()

    async def drain(self, server):
        self.draining = True
        self.socket.unlink(missing_ok=True)
        server.close()
        for edge in self.edges:
            edge.send(go_away={"reason": "the processor stops"})
        try:
            if self.busy > 0:
                await asyncio.wait_for(self.idle.wait(), DRAIN_SECONDS)
        except TimeoutError:
            log(f"not drained: {self.busy} jobs are still in hand after {DRAIN_SECONDS} s")
        for edge in list(self.edges):
            edge.writer.close()
            with contextlib.suppress(ConnectionError):
                await edge.writer.wait_closed()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default="var", help="Sluice's data directory")
    parser.add_argument("--name", default="python", help="unique among the processors")
    parser.add_argument("--slots", type=int, default=4, help="jobs at once")
    arguments = parser.parse_args()
    asyncio.run(Processor(arguments.data, arguments.name, arguments.slots).run())


if __name__ == "__main__":
    main()
