// Lecture 12 in the papers' full length: its pictures and numbers for docs/papers, the pictures in the notebook as well.
// Takes minutes; done again only when the experiments change. One source of truth: the notebook's own cells.
import fs from 'node:fs';
import path from 'node:path';
import entry from './parts/entry.cjs';
import places from './parts/places.cjs';
import processes from './parts/processes.cjs';

const NAME = '12-two-papers-redone.ipynb';
const KEPT = path.join(places.ROOT, 'docs', 'papers');

/** The pictures that the Markdown cells name as their attachments, put into them. */
function embed() {
  const file = path.join(places.ROOT, 'notebooks', NAME);
  const notebook = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const cell of notebook.cells) {
    const source = [cell.source].flat().join('');
    const named = [...source.matchAll(/\(attachment:([\w-]+\.png)\)/g)].map(([, name]) => name);
    if (named.length > 0) {
      cell.attachments = Object.fromEntries(
        named.map(name => {
          const picture = fs.readFileSync(path.join(KEPT, name));
          return [name, { 'image/png': picture.toString('base64') }];
        })
      );
    }
  }
  fs.writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
}

void entry.runScript(async () => {
  if (!process.argv.includes('--embed')) {
    fs.mkdirSync(KEPT, { recursive: true });
    const script = path.join(places.ROOT, 'scripts', 'notebooks.mjs');
    const run = processes.start(process.execPath, [script, NAME, '--timeout', '7200'], {
      stdio: 'inherit',
      env: { TUNELAB_FULL: '1', TUNELAB_PAPERS: KEPT }
    });
    const status = await processes.exitCode(run);
    if (status !== 0) {
      return 1;
    }
  }
  embed();
  console.log(`Pictures and numbers: ${KEPT}`);
  return 0;
});
