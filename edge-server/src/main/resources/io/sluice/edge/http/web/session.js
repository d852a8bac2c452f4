// The key that this tab has, and requests with it.
const SLOT = 'sluice.key';

/** A request that was refused, with the problem (RFC 9457) that says why. */
export class Refused extends Error {
  constructor(status, problem) {
    super(words(status, problem));
    this.status = status;
  }

  static async of(response) {
    return new Refused(response.status, parse(await response.text()));
  }
}

/** The problem in a body that may be something else, of a proxy for instance. */
export function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** What a problem says, for people. */
export function words(status, problem) {
  const { title, detail } = problem;
  if (!title) return `The server answered ${status}`;
  return detail ? `${title}: ${detail}` : title;
}

export function key() {
  return sessionStorage.getItem(SLOT);
}

export function remember(text) {
  sessionStorage.setItem(SLOT, text);
}

export function forget() {
  sessionStorage.removeItem(SLOT);
}

export function authorization() {
  return { authorization: `Bearer ${key()}` };
}

/** A request of this server with the key. */
export function call(path, { headers = {}, signal } = {}) {
  return fetch(path, { headers: { ...headers, ...authorization() }, signal, cache: 'no-store' });
}

/**
 * Whether the server knows a key, and what it allows: everything here, or, as with upload tokens and
 * keys that may not read, only to send. What it doesn't know throws Refused.
 */
export async function check(text) {
  const response = await fetch('/api/v1/uploads?limit=1', {
    headers: { authorization: `Bearer ${text}` },
    cache: 'no-store',
  });
  if (response.ok) return { reads: true };
  if (response.status === 403) return { reads: false };
  throw await Refused.of(response);
}
