// The upload page: Uppy sends the files by tus, the upload's events tell what becomes of them.
import { bytes, pixels } from './format.js';
import { Row } from './row.js';
import * as session from './session.js';
import { follow } from './story.js';

const { Uppy, Tus } = globalThis.uppy;
const TUS = '/api/v1/tus';
const UPLOADS = '/api/v1/uploads/';
const ENDS = ['ready', 'rejected', 'quarantined', 'unscannable', 'failed', 'deleted'];
/** Two minutes in all; bytes that get through start it again. */
const RETRY_DELAYS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000, 30_000];
const SENDING_AT_ONCE = 3;

const at = (id) => document.getElementById(id);
const rows = new Map();
let reads = true;

/** What fails is told in the list; the console is for what is wrong with the page. */
const silent = { debug() {}, warn() {}, error() {} };
const uppy = new Uppy({ autoProceed: true, logger: silent });
uppy.use(Tus, {
  endpoint: new URL(TUS, location.href).href,
  headers: session.authorization,
  limit: SENDING_AT_ONCE,
  retryDelays: RETRY_DELAYS,
  removeFingerprintOnSuccess: true,
});

function sending(file) {
  const row = rows.get(file.id);
  row.restart();
  row.state('uploading', '', {
    Pause: () => uppy.pauseResume(file.id),
    Cancel: () => cancel(file),
  });
}

/** Whether the same request would be refused again. With another key it might not be. */
function isFinal(status) {
  return status >= 400 && status < 500 && ![401, 409, 423, 429].includes(status);
}

/** Says that a request failed and will be sent again. */
function waiting(file, error, again) {
  if (!again) return false;
  const row = rows.get(file.id);
  const status = error.originalResponse?.getStatus();
  row.state('waiting', status ? `The server answered ${status}. Trying again …` : 'The server can’t be reached. Trying again …', {
    Cancel: () => cancel(file),
  });
  return true;
}

function cancel(file) {
  const row = rows.get(file.id);
  uppy.removeFile(file.id);
  row.state('cancelled', '', { Clear: () => row.remove() });
}

uppy.on('file-added', (file) => {
  const row = new Row(file);
  rows.set(file.id, row);
  at('uploads').prepend(row.element);
  uppy.setFileState(file.id, {
    tus: { onShouldRetry: (error, _, __, decide) => waiting(file, error, decide(error)) },
  });
  sending(file);
});
uppy.on('upload-pause', (file, isPaused) => {
  if (!isPaused) return sending(file);
  rows.get(file.id).state('paused', rows.get(file.id).element.querySelector('.status').textContent, {
    Resume: () => uppy.pauseResume(file.id),
    Cancel: () => cancel(file),
  });
});
uppy.on('upload-progress', (file, { bytesUploaded, bytesTotal }) => {
  const row = rows.get(file.id);
  if (row.element.dataset.state === 'waiting') sending(file);
  if (row.element.dataset.state === 'uploading') row.progress(bytesUploaded, bytesTotal);
});
uppy.on('upload-retry', sending);
uppy.on('upload-error', (file, error, response) => {
  const row = rows.get(file.id);
  const status = response?.status;
  const why = status
    ? session.words(status, session.parse(response.body?.xhr?.responseText))
    : 'The server can’t be reached';
  const retry = isFinal(status) ? {} : { Retry: () => uppy.retryUpload(file.id) };
  row.state('refused', why, {
    ...retry,
    Clear: () => { uppy.removeFile(file.id); row.remove(); },
  });
  if (status === 401) ask(why);
});
uppy.on('upload-success', (file, { uploadURL }) => {
  const row = rows.get(file.id);
  row.state('stored', 'All bytes are safe on the server’s disk');
  watch(row, new URL(uploadURL).pathname.slice(TUS.length + 1));
});
uppy.on('complete', ({ successful, failed }) => {
  // So that the same file can be sent once more, and that the next one doesn't send a refused one again.
  const over = failed.filter((file) => isFinal(file.response?.status));
  [...successful, ...over].forEach((file) => uppy.removeFile(file.id));
});
uppy.on('restriction-failed', (file, error) => notice(`${file?.name ?? 'A file'}: ${error.message}`));

function notice(text) {
  at('notice').textContent = text;
}

/** Shows what becomes of an upload whose bytes are all there. */
async function watch(row, id) {
  const over = new AbortController();
  const clear = { Clear: () => { over.abort(); row.remove(); } };
  try {
    for await (const { time, data } of follow(`${UPLOADS}${id}/events`, over.signal)) {
      if (data.state === 'receiving') continue;
      row.tell(data.state, time);
      if (ENDS.includes(data.state)) break;
      row.state(data.state, '', clear);
    }
    if (!over.signal.aborted) await end(row, id, clear);
  } catch (error) {
    row.state('unknown', error.message, clear);
  }
}

async function end(row, id, clear) {
  const response = await session.call(UPLOADS + id);
  if (!response.ok) throw await session.Refused.of(response);
  const upload = await response.json();
  row.facts([
    upload.contentType,
    upload.image && pixels(upload.image),
    bytes(upload.size),
    upload.scan && `scanned by ${upload.scan.engine}`,
  ]);
  row.state(upload.state, upload.problem?.detail ?? '', clear);
  for (const rendition of upload.renditions) {
    row.rendition(rendition, reads ? await fetched(rendition.href) : null);
  }
}

async function fetched(path) {
  const response = await session.call(path);
  return response.ok ? response.blob() : null;
}

function add(files) {
  notice('');
  for (const file of files) {
    try {
      uppy.addFile({ source: 'page', name: file.name, type: file.type, data: file });
    } catch (error) {
      // Told by restriction-failed.
      if (!error.isRestriction) throw error;
    }
  }
}

function ask(why = '') {
  session.forget();
  at('desk').hidden = true;
  at('key-form').hidden = false;
  at('key').value = '';
  at('key-error').textContent = why;
  at('key').focus();
}

/** Lets the user go on with a key, if the server knows it. */
async function use(text) {
  try {
    ({ reads } = await session.check(text));
  } catch (error) {
    return ask(error instanceof session.Refused ? error.message : 'The server can’t be reached');
  }
  at('key-form').hidden = true;
  at('desk').hidden = false;
  at('known').textContent = reads
    ? 'The key was accepted.'
    : 'The key was accepted. It may send files, but not fetch renditions.';
  at('files').focus();
}

async function tellLimit() {
  const response = await fetch(TUS, { method: 'OPTIONS' });
  const most = Number(response.headers.get('tus-max-size'));
  if (most) at('limits').textContent = `Up to ${bytes(most)} each. ${at('limits').textContent}`;
}

at('key-form').addEventListener('submit', (event) => {
  event.preventDefault();
  // Requests have it from there; a key that isn't known is forgotten at once.
  session.remember(at('key').value.trim());
  use(session.key());
});
at('forget').addEventListener('click', () => ask());
at('files').addEventListener('change', ({ target }) => {
  add(target.files);
  target.value = '';
});
const drop = at('drop');
for (const kind of ['dragover', 'dragleave', 'drop']) {
  addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', kind === 'dragover' && drop.contains(event.target));
    if (kind === 'drop' && drop.contains(event.target)) add(event.dataTransfer.files);
  });
}
tellLimit();
if (session.key()) use(session.key());
else ask();
