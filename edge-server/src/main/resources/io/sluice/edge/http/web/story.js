// What becomes of an upload, as its server-sent events tell. Not by EventSource, which can't send a key.
import { call, Refused } from './session.js';

const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** A browser opens six connections to a server; the files themselves need some of them. */
const PLACES = 2;

let free = PLACES;
const waiting = [];

async function enter() {
  if (free > 0) free -= 1;
  else await new Promise((go) => waiting.push(go));
}

function leave() {
  const next = waiting.shift();
  if (next) next();
  else free += 1;
}

/** The upload's events from the first one on, up to its end; goes on where it was after a break. */
export async function* follow(path, signal) {
  await enter();
  try {
    yield* resume(path, signal);
  } finally {
    leave();
  }
}

async function* resume(path, signal) {
  let last = '';
  let pause = SHORTEST_PAUSE;
  while (!signal.aborted) {
    try {
      const response = await call(path, {
        headers: { accept: 'text/event-stream', ...(last && { 'last-event-id': last }) },
        signal,
      });
      if (response.status === 204) return;
      if (isFinal(response)) throw await Refused.of(response);
      for await (const event of response.ok ? read(response.body) : []) {
        pause = SHORTEST_PAUSE;
        last = event.id || last;
        if (event.name === 'message') yield JSON.parse(event.data);
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
      // The server is gone: it may come back.
    }
    await sleep(pause, signal);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
}

function isFinal({ status }) {
  return status >= 400 && status < 500 && status !== 429;
}

function sleep(millis, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
  });
}

/** Events of a stream (HTML standard, section 9.2.6); Sluice ends lines with LF. */
async function* read(body) {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event.data) yield event;
    }
  }
}

function parse(block) {
  const event = { name: 'message', id: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    switch (line.slice(0, colon)) {
      case 'event': event.name = value; break;
      case 'id': event.id = value; break;
      case 'data': event.data += value; break;
    }
  }
  return event;
}
