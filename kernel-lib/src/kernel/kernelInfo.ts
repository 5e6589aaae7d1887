/** The content of kernel_info_reply; made without loading the compiler. */
import { createRequire } from 'node:module';
import { PACKAGE_ROOT, launcherRequire, packageVersion } from './peers';
import { type Json, PROTOCOL_VERSION } from './wire';

/** The version of tunelab. */
export function tunelabVersion(): string {
  return (launcherRequire(`${PACKAGE_ROOT}/package.json`) as { version: string }).version;
}

function typescriptVersion(): string {
  const fromTslab = createRequire(launcherRequire.resolve('tslab/package.json'));
  return packageVersion('@tslab/typescript-for-tslab', fromTslab) ?? 'unknown';
}

export function kernelInfo(): Json {
  const typescript = typescriptVersion();
  const tunelab = tunelabVersion();
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'tunelab',
    implementation_version: tunelab,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true },
      nbconvert_exporter: 'script'
    },
    banner: `tunelab ${tunelab}: TypeScript ${typescript} on Node ${process.versions.node}`,
    debugger: false,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
      { text: 'math.js', url: 'https://mathjs.org/docs/' }
    ]
  };
}
