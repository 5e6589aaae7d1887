// Compiles the kernels to WebAssembly and writes them as base64 into kernel-lib/src/wasm/simd/bytes.ts,
// so that the library loads them synchronously wherever it runs, without reading a file.
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '..', 'src', 'wasm', 'simd', 'bytes.ts');

/** Each build: its name, and the features that a machine needs for it. */
const BUILDS = {
  plain: ['--enable', 'simd'],
  relaxed: ['--enable', 'simd', '--enable', 'relaxed-simd', '--use', 'RELAXED=1'],
  wide: ['--enable', 'simd', '--enable', 'relaxed-simd', '--use', 'RELAXED=1', '--use', 'WIDE=1']
};

const folder = mkdtempSync(path.join(os.tmpdir(), 'tunelab-assembly-'));
try {
  const lines = ['// Written by kernel-lib/assembly/build.mjs; not to be edited.'];
  for (const [name, features] of Object.entries(BUILDS)) {
    const out = path.join(folder, `${name}.wasm`);
    const options = [
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      // A shared memory needs a largest size; "shared" itself is one bit that `compileShared` sets.
      '--maximumMemory',
      '65536',
      '--noExportMemory'
    ];
    const { error, stderr } = await asc.main([
      path.join(here, 'index.ts'),
      '--baseDir',
      path.parse(here).root,
      '--outFile',
      out,
      ...options,
      ...features
    ]);
    if (error) {
      console.error(stderr.toString());
      process.exitCode = 1;
      throw error;
    }
    lines.push(
      `export const ${name.toUpperCase()} =\n  '${readFileSync(out).toString('base64')}';`
    );
  }
  writeFileSync(target, `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
