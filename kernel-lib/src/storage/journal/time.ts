// Times are milliseconds since 1970 with three digits after the point; in the file they are texts in UTC, to the
// microsecond. Neighbouring operations mostly happen in the same second, so the last one is remembered.

let written = { second: NaN, text: '' };
let read = { text: '', second: NaN };

/** `2026-11-21T06:36:47.272030+00:00`, as Python's `isoformat` writes it. */
export function timeText(milliseconds: number): string {
  const micros = Math.round(milliseconds * 1000);
  const second = Math.floor(micros / 1e6);
  if (written.second !== second) {
    written = { second, text: new Date(second * 1000).toISOString().slice(0, -5) };
  }
  return `${written.text}.${String(micros - second * 1e6).padStart(6, '0')}+00:00`;
}

const FORM =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:?\d\d(?::?\d\d)?)?$/;

/** Milliseconds since 1970; NaN if it is no time. Without a zone it is local, as Optuna before 3.0 wrote it. */
export function readTime(text: string): number {
  let micros: number;
  if (text.length === 32 && text.endsWith('+00:00') && text.charCodeAt(19) === 46) {
    const second = text.slice(0, 19);
    if (read.text !== second) {
      read = { text: second, second: Date.parse(`${second}Z`) };
    }
    micros = read.second * 1000 + Number(text.slice(20, 26));
  } else {
    const parts = FORM.exec(text);
    if (!parts) {
      return NaN;
    }
    const [, day, time, fraction = '', zone = ''] = parts;
    micros = Date.parse(`${day}T${time}${zone}`) * 1000 + Number(fraction.padEnd(6, '0'));
  }
  return micros / 1000;
}
