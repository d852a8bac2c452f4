# tuspy as Debian has it: python3 tus.py ENDPOINT FILE, with the key in SLUICE_KEY. Sends some, forgets,
# and goes on from what it stored; prints the upload's URL.
import os
import sys

from tusclient import client
from tusclient.storage import filestorage

endpoint, path, memory = sys.argv[1:]
CHUNK = 256 * 1024


def uploader():
    return client.TusClient(
        endpoint, headers={'Authorization': 'Bearer ' + os.environ['SLUICE_KEY']}
    ).uploader(
        path,
        chunk_size=CHUNK,
        metadata={'filename': 'Größe.txt', 'filetype': 'text/plain'},
        store_url=True,
        url_storage=filestorage.FileStorage(memory),
        upload_checksum=True,
    )


first = uploader()
first.upload_chunk()
again = uploader()
assert again.offset == CHUNK, again.offset
again.upload()
assert again.url == first.url
print(again.url)
