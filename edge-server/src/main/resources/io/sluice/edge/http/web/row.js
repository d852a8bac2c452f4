// One upload in the list. Names and messages are texts, never markup: nothing here parses HTML.
import { bytes, duration, percent, pixels } from './format.js';

const ICON = { image: '▦', text: '≣', video: '▷', audio: '♪' };
const BADGES = {
  uploading: 'Uploading', paused: 'Paused', waiting: 'Waiting', refused: 'Not uploaded',
  stored: 'Stored', processing: 'Processing', ready: 'Ready', rejected: 'Rejected',
  quarantined: 'Quarantined', unscannable: 'Not scannable', failed: 'Failed', deleted: 'Deleted',
  unknown: 'Unknown', cancelled: 'Cancelled',
};
const template = document.getElementById('row');
const announcer = document.getElementById('announcer');

/** A row, and the buttons that its state has: each a word and what it does. */
export class Row {
  #began = null;
  #progress = null;
  #urls = [];

  constructor({ name, size, type }) {
    this.name = name;
    this.size = size;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.#part('.name').textContent = name;
    this.#part('.thumb').textContent = ICON[(type ?? '').split('/')[0]] ?? '◫';
    this.#part('progress').setAttribute('aria-label', `Progress of ${name}`);
    this.facts([bytes(size)]);
  }

  #part(selector) {
    return this.element.querySelector(selector);
  }

  /** Changes the state, and says so to those who can't see it. */
  state(word, text = '', actions = {}) {
    const badge = BADGES[word] ?? word;
    const isNew = this.element.dataset.state !== word;
    this.element.dataset.state = word;
    this.#part('.badge').textContent = badge;
    this.status(text);
    this.#offer(actions);
    if (isNew) announcer.textContent = `${this.name}: ${badge}. ${text}`;
  }

  status(text) {
    this.#part('.status').textContent = text;
  }

  facts(texts) {
    this.#part('.facts').textContent = texts.filter(Boolean).join(' · ');
  }

  #offer(actions) {
    const words = Object.keys(actions);
    const holder = this.#part('.actions');
    const focused = holder.contains(document.activeElement);
    holder.replaceChildren(...words.map((word) => this.#button(word, actions[word])));
    if (focused) holder.firstElementChild?.focus();
  }

  #button(word, action) {
    const button = document.createElement('button');
    button.textContent = word;
    button.setAttribute('aria-label', `${word} ${this.name}`);
    button.addEventListener('click', action);
    return button;
  }

  progress(sent, total) {
    const now = performance.now();
    this.#progress ??= { at: now, sent };
    const rate = (sent - this.#progress.sent) / Math.max(now - this.#progress.at, 1);
    const part = total > 0 ? sent / total : 1;
    this.#part('progress').value = part;
    const texts = [`${bytes(sent)} of ${bytes(total)}`, percent(part)];
    if (rate > 0 && now - this.#progress.at > 500) {
      texts.push(`${bytes(rate * 1000)}/s`, `${duration((total - sent) / rate)} left`);
    }
    this.status(texts.join(' · '));
  }

  /** Progress is measured anew from here: nothing was sent meanwhile. */
  restart() {
    this.#progress = null;
  }

  /** One more state in the story, with the time since the first one. */
  tell(word, time) {
    const at = Date.parse(time);
    this.#began ??= at;
    const step = document.createElement('li');
    step.textContent = BADGES[word] ?? word;
    const when = document.createElement('time');
    when.dateTime = time;
    when.textContent = `+${duration(at - this.#began)}`;
    step.append(' ', when);
    this.#part('.story').append(step);
  }

  /** Shows a rendition; without its bytes, where the key may not read them, what is known of it. */
  rendition(facts, blob) {
    const item = document.createElement('li');
    const name = document.createElement('strong');
    name.textContent = facts.name;
    const caption = document.createElement('span');
    caption.textContent = `${pixels(facts)} · ${bytes(facts.size)}`;
    if (blob) item.append(this.#link(facts, URL.createObjectURL(blob)));
    item.append(name, caption);
    this.#part('.renditions').append(item);
  }

  #link(facts, url) {
    this.#urls.push(url);
    const link = document.createElement('a');
    link.href = url;
    link.target = '_blank';
    link.append(image(url, facts, `Rendition ${facts.name} of ${this.name}`));
    if (!this.#part('.thumb img')) this.#part('.thumb').replaceChildren(image(url, facts, ''));
    return link;
  }

  remove() {
    this.#urls.forEach((url) => URL.revokeObjectURL(url));
    const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
    this.element.remove();
    (next?.querySelector('button') ?? document.getElementById('files')).focus();
  }
}

function image(url, { width, height }, alt) {
  const picture = new Image(width, height);
  picture.src = url;
  picture.alt = alt;
  return picture;
}
