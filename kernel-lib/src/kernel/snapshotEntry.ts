/**
 * What `node --build-snapshot` runs: TypeScript, and the declarations of the language and of Node
 * read by it. A process started from the snapshot has them at once. Node's own modules only: others
 * cannot be loaded here, nor what loads them.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import type * as TS from 'typescript';
import type { SnapshotPlan } from './snapshot';

/** Uses each part of the compiler once, so that the snapshot holds its compiled code as well. */
const WARM_TEXT = 'const warm = [1, 2].map(x => x + 1); console.log(`${warm}`, Math.sqrt(2));';

function load(file: string): typeof TS {
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const loaded = { exports: {} };
  const run = vm.compileFunction(readFileSync(file, 'utf8'), names, { filename: file });
  run(loaded.exports, require, loaded, file, path.dirname(file));
  return loaded.exports as typeof TS;
}

const plan = JSON.parse(process.env.TUNELAB_SNAPSHOT!) as SnapshotPlan;
const ts = load(plan.typescript);
const registry = ts.createDocumentRegistry();
const file = `${plan.folder}/__cell_warm__.ts`;
const warm = ts.ScriptSnapshot.fromString(WARM_TEXT);
const { sys } = ts;
// Never disposed of: the registry would forget the declarations.
const service = ts.createLanguageService(
  {
    getCompilationSettings: () => plan.options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: name => {
      const text = name === file ? undefined : sys.readFile(name);
      return name === file
        ? warm
        : text === undefined
          ? undefined
          : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => plan.folder,
    getDefaultLibFileName: options =>
      path.join(path.dirname(plan.typescript), ts.getDefaultLibFileName(options)),
    fileExists: name => name === file || sys.fileExists(name),
    readFile: (name, encoding) => sys.readFile(name, encoding),
    directoryExists: name => sys.directoryExists(name),
    getDirectories: name => sys.getDirectories(name),
    realpath: name => sys.realpath?.(name) ?? name,
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames
  },
  registry
);
// No completions: they are sorted by a collator, which cannot be part of a snapshot.
service.getSemanticDiagnostics(file);
service.getQuickInfoAtPosition(file, WARM_TEXT.indexOf('sqrt') + 2);
service.getEmitOutput(file);

// Not through node:v8: what that module loads keeps node:net from being loaded afterwards.
Object.assign(globalThis, { [Symbol.for('tunelab.snapshot')]: { ts, registry } });
