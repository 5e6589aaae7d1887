/** The content of kernel_info_reply; made without loading the compiler. */
import { PACKAGE_ROOT, launcherRequire, packageVersion } from './peers';
import { type Json, PROTOCOL_VERSION } from './wire';

/** The version of tunelab. */
export function tunelabVersion(): string {
  return (launcherRequire(`${PACKAGE_ROOT}/package.json`) as { version: string }).version;
}

/** The version of the TypeScript that compiles cells; undefined where there is none. */
export function typescriptVersion(): string | undefined {
  return packageVersion('typescript');
}

/** The Node that runs the kernel, as the banner names it: the set-up's or the user's own. */
export function describeNode(
  version: string = process.versions.node,
  file: string = process.execPath
): string {
  const brought = file.split(/[\\/]/).includes('.tunelab-node');
  return `Node ${version} (${brought ? 'brought by the set-up' : file})`;
}

export function kernelInfo(): Json {
  const typescript = typescriptVersion() ?? 'unknown';
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
    banner: `tunelab ${tunelab}: TypeScript ${typescript} on ${describeNode()}`,
    debugger: false,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
      { text: 'math.js', url: 'https://mathjs.org/docs/' }
    ]
  };
}
