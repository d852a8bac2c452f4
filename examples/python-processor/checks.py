"""What the processor does with an original: type by content, hashes, the policy."""

import errno
import hashlib
import os
import stat
import struct
import time

ENGINE = "python-hashes 1"
KINDS = {"PROCESS": 1, "RENDER": 2}

# SHA-256 of the file: the signature's name.
KNOWN_BAD = {
    "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f": "Eicar-Test-Signature"
}

MAGIC = [
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
]

HEAD = 64 * 1024
CHUNK = 1024 * 1024


def process(root, job, progress, is_cancelled):
    """The outcome of a job; a cancelled one's is of no interest to anybody."""
    if job["kind"] != KINDS["PROCESS"]:
        return _failed("this processor makes no renditions", False)
    try:
        descriptor = _open_below(root, job["path"])
    except OSError as e:
        # A link or a FIFO in its place doesn't get better; a disk may.
        is_refused = e.errno in (errno.ELOOP, errno.EINVAL)
        return _failed(f"the original can't be opened: {e.strerror}", not is_refused)
    with os.fdopen(descriptor, "rb") as original:
        progress("check")
        head = original.read(HEAD)
        content_type = sniff(head)
        image = size_of(content_type, head)
        refusal = _refusal(job["policy"], content_type, image)
        if refusal:
            return refusal
        progress("scan")
        digest = _digest(original, head, is_cancelled)
    if digest is None:
        return _failed("cancelled", True)
    if digest != job["sha256"]:
        return _failed("the original's bytes have changed", False)
    return _verdict(content_type, image, KNOWN_BAD.get(digest))


def _verdict(content_type, image, signature):
    scan = {
        "verdict": "infected" if signature else "clean",
        "engine": ENGINE,
        "signature": signature or "",
        "at_ms": int(time.time() * 1000),
    }
    if signature:
        return {"infected": {"content_type": content_type, "scan": scan}}
    rendered = {"content_type": content_type, "scan": scan}
    if image:
        rendered["image"] = image
    return {"rendered": rendered}


def _failed(reason, retryable):
    return {"failed": {"reason": reason, "retryable": retryable}}


def _open_below(root, path):
    """Opens a regular file below the root, following no link on the way."""
    *folders, name = names = path.split("/")
    if any(each in ("", ".", "..") for each in names):
        raise OSError(errno.EINVAL, "the path leaves the store")
    directory = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=directory)
            os.close(directory)
            directory = below
        # Without O_NONBLOCK a FIFO in the file's place would hang the slot.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(name, flags, dir_fd=directory)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "no regular file")
        return descriptor
    finally:
        os.close(directory)


def _digest(original, head, is_cancelled):
    digest = hashlib.sha256(head)
    while chunk := original.read(CHUNK):
        if is_cancelled():
            return None
        digest.update(chunk)
    return digest.hexdigest()


def _refusal(policy, content_type, image):
    if not any(_matches(pattern, content_type) for pattern in policy["allowed_types"]):
        return _rejected(content_type, "type-not-allowed", f"The content is {content_type}.")
    pixels = image["width"] * image["height"] if image else 0
    if pixels > policy["max_pixels"]:
        return _rejected(content_type, "too-many-pixels", f"The picture has {pixels} pixels.")
    return None


def _rejected(content_type, code, detail):
    return {"rejected": {"content_type": content_type, "code": code, "detail": detail}}


def _matches(pattern, content_type):
    kind, _, sub = pattern.partition("/")
    return content_type == pattern or (sub == "*" and content_type.startswith(kind + "/"))


def sniff(head):
    """The content's type by its first bytes."""
    for magic, content_type in MAGIC:
        if head.startswith(magic):
            return content_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head and b"\0" not in head and _is_text(head):
        return "text/plain"
    return "application/octet-stream"


def _is_text(head):
    try:
        # The last character may be cut off.
        head[:-3].decode() if len(head) == HEAD else head.decode()
        return True
    except UnicodeDecodeError as e:
        return len(head) == HEAD and e.start > HEAD - 8


def size_of(content_type, head):
    """A picture's facts, where the first bytes tell them."""
    size = None
    if content_type == "image/png" and len(head) >= 24:
        size = struct.unpack(">II", head[16:24])
    elif content_type == "image/gif" and len(head) >= 10:
        size = struct.unpack("<HH", head[6:10])
    elif content_type == "image/jpeg":
        size = _jpeg_size(head)
    if size is None:
        return None
    name = content_type.partition("/")[2]
    return {"format": name, "width": size[0], "height": size[1], "frames": 1}


def _jpeg_size(head):
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
