/** Texts of a figure: they come from outside, and Plotly reads a little HTML in them. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Shows `text` literally in Plotly; line ends become line breaks. */
export function plain(text: string): string {
  return text.replace(/[&<>]/g, character => ENTITIES[character]).replace(/\r\n?|\n/g, '<br>');
}

/** The same inside a hover template, where `%{…}` would name a field. */
export function plainInTemplate(text: string): string {
  return plain(text).replace(/%\{/g, '%&#123;');
}

/** Cuts a text that would not fit, with an ellipsis. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** Breaks a text at spaces into at most `lines` lines of about `width` characters. */
export function wrap(text: string, width: number, lines: number): string[] {
  const result: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = result[result.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) {
      result[result.length - 1] = `${last} ${word}`;
    } else {
      result.push(word);
    }
  }
  if (result.length > lines) {
    const rest = result.splice(lines - 1).join(' ');
    result.push(`${rest.slice(0, width - 1)}…`);
  }
  return result.map(line => shorten(line, width));
}

/** A number as a reader wants it: 4 significant digits, no trailing zeros. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

/** A value on a oneMinusLog axis keeps the digits that tell it from 1: 0.9995, 0.99997. */
export function formatOneMinus(value: number): string {
  const gap = 1 - value;
  if (!(gap > 0) || gap >= 1) {
    return formatNumber(value);
  }
  const digits = Math.min(15, Math.ceil(-Math.log10(gap)) + 1);
  return String(Number(value.toFixed(Math.max(digits, 2))));
}

/** `1 trial`, `25 trials`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
