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
export function completeReply(compiler: Compiler, declarations: string, content: Json): Json {
  const { code, position } = cursor(content);
  const { start, end, candidates, original } = compiler.complete(declarations, code, position);
  const from = toCodePoints(code, start);
  const to = toCodePoints(code, end);
  const kinds = new Map(original?.entries.map(entry => [entry.name, entry.kind]));
  return {
    status: 'ok',
    matches: candidates,
    cursor_start: from,
    cursor_end: to,
    metadata: {
      _jupyter_types_experimental: candidates.map(text => ({
        start: from,
        end: to,
        text,
        type: kinds.get(text) ?? 'unknown'
      }))
    }
  };
}

/** The content of inspect_reply: the signature, and the docstring as Markdown. */
export function inspectReply(compiler: Compiler, declarations: string, content: Json): Json {
  const { code, position } = cursor(content);
  const found = compiler.inspect(declarations, code, position);
  if (!found) {
    return { status: 'ok', found: false, data: {}, metadata: {} };
  }
  const { text, signature, documentation } = found;
  const markdown = `\`\`\`typescript\n${signature}\n\`\`\`\n\n${documentation}`.trimEnd();
  return {
    status: 'ok',
    found: true,
    data: { 'text/plain': text, 'text/markdown': markdown },
    metadata: {}
  };
}
