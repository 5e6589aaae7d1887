import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './environment';

interface Cell {
  cell_type: string;
  source: string | string[];
  outputs?: { text?: string | string[] }[];
  attachments?: Record<string, unknown>;
}

const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const cellsOf = (file: string): Cell[] => (JSON.parse(read(file)) as { cells: Cell[] }).cells;
const joined = (text: string | string[] = ''): string => [text].flat().join('');

const files = ['', 'docs', 'kernel-lib', 'notebooks'].flatMap(folder =>
  fs
    .readdirSync(path.join(ROOT, folder))
    .filter(name => /\.(md|ipynb)$/.test(name))
    .map(name => path.posix.join(folder, name))
);
const lectures = files.filter(name => name.startsWith('notebooks/'));

/** What a reader sees as Markdown, without blocks of code. */
function prose(file: string): string {
  const text = file.endsWith('.md')
    ? read(file)
    : cellsOf(file)
        .filter(({ cell_type }) => cell_type === 'markdown')
        .map(({ source }) => joined(source))
        .join('\n\n');
  return text.replace(/^(```+)[^]*?^\1/gm, '');
}

/** The anchors of a file: of Markdown as GitHub makes them, of notebooks as JupyterLab does. */
function anchors(file: string): string[] {
  const titles = [...prose(file).matchAll(/^#{1,6} +(.*?)\s*$/gm)].map(([, title]) => title);
  return titles.map(title =>
    file.endsWith('.ipynb')
      ? title.replace(/ /g, '-')
      : title
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replace(/ /g, '-')
  );
}

/** Why a link leads nowhere; undefined if it leads somewhere. Other sites are not asked. */
function broken(target: string, from: string): string | undefined {
  const [, picture] = /^attachment:(.*)$/.exec(target) ?? [];
  if (picture) {
    const attached = cellsOf(from).some(({ attachments = {} }) => picture in attachments);
    return attached ? undefined : 'no cell has this attachment';
  }
  if (/^[a-z]+:/.test(target)) {
    return URL.canParse(target) && target.startsWith('https://') ? undefined : 'no https address';
  }
  const [name, anchor] = decodeURI(target).split('#');
  const file = name === '' ? from : path.posix.join(path.posix.dirname(from), name);
  if (!fs.existsSync(path.join(ROOT, file))) return `there is no ${file}`;
  if (anchor === undefined || anchors(file).includes(anchor)) return undefined;
  return `${file} has no heading ${anchor}`;
}

it.each(files)('every link in %s leads somewhere', file => {
  // In code brackets mean something else.
  const text = prose(file).replace(/`[^`\n]*`/g, '');
  const targets = [
    ...text.matchAll(/\]\(\s*([^)\s]+)(?:\s+"[^"]*")?\s*\)/g),
    ...text.matchAll(/<(https?:[^>]+)>/g),
    ...text.matchAll(/\b(?:src|href)="([^"]+)"/g)
  ].map(([, target]) => target);
  const problems = targets.map(target => ({ target, problem: broken(target, file) }));
  expect(problems.filter(({ problem }) => problem !== undefined)).toEqual([]);
});

it('the README names every lecture, with a link', () => {
  const named = [...read('README.md').matchAll(/\]\((notebooks\/[^)]+)\)/g)].map(
    ([, name]) => name
  );
  expect(named).toEqual(lectures);
});

describe('docs/statements.md', () => {
  // | S1 | statement | 01, 12 | claim; claim | measured |
  const rows = read('docs/statements.md')
    .split('\n')
    .map(line => line.split(' | ').map(part => part.replace(/^\| | \|$/g, '')))
    .filter(([id]) => /^[SQ]\d+$/.test(id));
  const asserted = new Map(
    lectures.map(file => {
      const printed = cellsOf(file).flatMap(({ outputs = [] }) => outputs);
      const text = printed.map(({ text }) => joined(text)).join('\n');
      return [path.basename(file).slice(0, 2), text.split('\n').filter(line => /^✓ /.test(line))];
    })
  );

  it('has all statements and all questions', () => {
    expect(rows.map(([id]) => id)).toEqual([
      ...Array.from({ length: 36 }, (_, i) => `S${i + 1}`),
      ...Array.from({ length: 10 }, (_, i) => `Q${i + 1}`)
    ]);
  });

  it.each(rows.map(([id, , where, claims]) => [id, where, claims]))(
    '%s: what it says of notebook %s was asserted there',
    (_, where, claims) => {
      const lines = where.split(', ').flatMap(number => asserted.get(number) ?? []);
      const words = claims.split('; ').map(claim => claim.replace(/^\d\d: | \(\d\d\)$/g, ''));
      expect(words.filter(claim => !lines.some(line => line.includes(claim)))).toEqual([]);
    }
  );
});
