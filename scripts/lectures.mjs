// Puts the lectures among the files of the built extension, where its page fetches them: `npm run build:extension` calls
// it last. An index says which there are, since a page cannot list a folder.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FROM = path.join(ROOT, 'notebooks');
const TO = path.join(ROOT, 'jupyterlab_tunelab', 'labextension', 'lectures');

/** Markdown without its marks: a list in a dialog shows plain words. */
const plain = text => text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim();

/** Its first heading, and the first paragraph under it. */
function describe(name) {
  const { cells } = JSON.parse(fs.readFileSync(path.join(FROM, name), 'utf8'));
  const first = cells.find(cell => cell.cell_type === 'markdown');
  const [, title, rest] =
    [first?.source ?? '']
      .flat()
      .join('')
      .match(/^# (.+)\n*([^]*)/) ?? [];
  if (!title) {
    throw new Error(
      `notebooks/${name}: the first Markdown cell must begin with "# " and the title.`
    );
  }
  return { name, title: plain(title), summary: plain(rest.split(/\n\n/)[0]) };
}

const names = fs
  .readdirSync(FROM)
  .filter(name => /^\d\d-[\w-]+\.ipynb$/.test(name))
  .sort();
fs.rmSync(TO, { recursive: true, force: true });
fs.mkdirSync(TO, { recursive: true });
for (const name of names) {
  fs.copyFileSync(path.join(FROM, name), path.join(TO, name));
}
fs.writeFileSync(path.join(TO, 'index.json'), `${JSON.stringify(names.map(describe), null, 2)}\n`);
