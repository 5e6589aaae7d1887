/** Completion and inspection, in Jupyter's words. */
import type { Compiler } from './compiler';
import { toCodePoints, toUtf16 } from './offsets';
import type { Json } from './wire';

function cursor(content: Json): { code: string; position: number } {
  const code = String(content.code ?? '');
  const position =
    typeof content.cursor_pos === 'number' ? toUtf16(code, content.cursor_pos) : code.length;
  return { code, position };
}

/** The content of complete_reply. */
export function completeReply(compiler: Compiler, content: Json): Json {
  const { code, position } = cursor(content);
  const found = compiler.complete(code, position);
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  return {
    status: 'ok',
    matches: found.candidates.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: found.candidates.map(candidate => ({ start, end, ...candidate }))
    }
  };
}

/** The content of inspect_reply: the signature, and the docstring as Markdown. */
export function inspectReply(compiler: Compiler, content: Json): Json {
  const { code, position } = cursor(content);
  const found = compiler.inspect(code, position);
  return {
    status: 'ok',
    found: found !== undefined,
    data: found ? { 'text/plain': found.plain, 'text/markdown': found.markdown } : {},
    metadata: {}
  };
}
