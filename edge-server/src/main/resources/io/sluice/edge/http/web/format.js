// How numbers are written for people: always with their unit.
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes with a binary unit, as Sluice's settings have them. */
export function bytes(count) {
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)}\u00a0${UNITS[unit]}`;
}

/** A duration in milliseconds, as seconds, or minutes when they are many. */
export function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}\u00a0s`;
  if (seconds < 120) return `${Math.round(seconds)}\u00a0s`;
  return `${Math.round(seconds / 60)}\u00a0min`;
}

export function percent(part) {
  return `${Math.floor(part * 100)}\u00a0%`;
}

/** The pixels of an image. */
export function pixels({ width, height }) {
  return `${width}\u00a0×\u00a0${height}\u00a0px`;
}
