const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

/** All files below a file or folder, sorted, so that the order of the file system cannot matter. */
function filesBelow(place) {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (!stat) {
    return [];
  }
  if (!stat.isDirectory()) {
    return [place];
  }
  return fs
    .readdirSync(place)
    .filter(name => name !== '__pycache__' && name !== '.ipynb_checkpoints')
    .sort()
    .flatMap(name => filesBelow(path.join(place, name)));
}

/** A hash of what goes into a step: the contents of files, and values such as Node's version. */
function fingerprint(root, { files = [], without = [], values = {} }) {
  const hash = createHash('sha256').update(JSON.stringify(values));
  const left = without.map(name => path.join(root, name));
  const all = files.flatMap(name => filesBelow(path.join(root, name)));
  for (const file of all.filter(name => !left.includes(name))) {
    hash.update(`\0${path.relative(root, file)}\0`).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * A hash of what a step made: names, sizes and times suffice to see that something was removed, or
 * built again by hand. Empty when a product is missing.
 */
function productState(places) {
  const files = places.map(place => filesBelow(place));
  if (files.some(found => found.length === 0)) {
    return '';
  }
  const hash = createHash('sha256');
  for (const file of files.flat()) {
    const { size, mtimeMs } = fs.statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/**
 * The record of finished steps, a JSON file inside their product (`node_modules`, `.venv`): when the
 * product is deleted, so is the record.
 */
class Stamps {
  constructor(file) {
    this.file = file;
  }

  read() {
    try {
      return JSON.parse(fs.readFileSync(this.file, 'utf8')).steps ?? {};
    } catch {
      return {}; // Missing or damaged: then nothing counts as done.
    }
  }

  get exists() {
    return fs.existsSync(this.file);
  }

  /** Writes by renaming, so that no reader ever meets half a file. */
  write(steps) {
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    fs.writeFileSync(draft, `${JSON.stringify({ madeBy: 'tunelab', steps }, null, 2)}\n`);
    fs.renameSync(draft, this.file);
  }

  set(step, entry) {
    this.write({ ...this.read(), [step]: entry });
  }

  remove(step) {
    const { [step]: removed, ...others } = this.read();
    if (removed) {
      this.write(others);
    }
  }
}

module.exports = { fingerprint, productState, Stamps };
