/** Whether a console may run what has been typed, or must ask for another line. */
import type * as TS from 'typescript';

export interface Completeness {
  status: 'complete' | 'incomplete' | 'invalid';
  indent?: string;
}

/** Codes of TypeScript for a comment or template literal that never ends. */
const UNTERMINATED = [1010, 1160];
const STEP = '  ';

export function completenessOf(ts: typeof TS, text: string): Completeness {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext }
  });
  if (diagnostics.length === 0) {
    return { status: 'complete' };
  }
  const end = text.trimEnd().length;
  const isOpen = diagnostics.some(
    ({ start = 0, code }) => UNTERMINATED.includes(code) || start >= end
  );
  // Two empty lines ask for the error instead of yet another line.
  return isOpen && !/\n\s*\n\s*$/.test(text)
    ? { status: 'incomplete', indent: indentAfter(text) }
    : { status: 'invalid' };
}

function indentAfter(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  const own = /^\s*/.exec(line)![0];
  return /[{([]\s*$/.test(line) ? own + STEP : own;
}
