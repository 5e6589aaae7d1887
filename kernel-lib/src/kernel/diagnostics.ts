/** What TypeScript finds in a cell and in the files beside the notebook that it imports. */
import path from 'node:path';
import type * as TS from 'typescript';
import type { LanguageHost } from './languageHost';

/** A finding of TypeScript; lines and characters count from 0. */
export interface Diagnostic {
  start: { line: number; character: number };
  end: { line: number; character: number };
  messageText: string;
  code: number;
  /** The file beside the notebook that it is in; absent for the cell itself. */
  fileName?: string;
}

/** TypeScript gives up following the values of a variable through a very long cell: no fault of it. */
const TOO_LONG = 2563;

/** Errors of a cell; where the syntax is broken, complaints about names and types are left out. */
export function diagnosticsOf(
  ts: typeof TS,
  program: TS.Program,
  cell: TS.SourceFile,
  host: LanguageHost
): Diagnostic[] {
  const syntax = program.getSyntacticDiagnostics(cell);
  if (syntax.length > 0) {
    return syntax.map(finding => plainDiagnostic(ts, finding, cell, host));
  }
  return importedFiles(ts, program, cell, host).flatMap(file =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .filter(({ category, code }) => category === ts.DiagnosticCategory.Error && code !== TOO_LONG)
      .map(finding => plainDiagnostic(ts, finding, cell, host))
  );
}

/** The cell and, over all steps, the notebook's own files that it imports. */
function importedFiles(
  ts: typeof TS,
  program: TS.Program,
  cell: TS.SourceFile,
  host: LanguageHost
): TS.SourceFile[] {
  const found = new Set([cell]);
  const checker = program.getTypeChecker();
  for (const file of found) {
    for (const statement of file.statements) {
      const specifier =
        ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
          ? statement.moduleSpecifier
          : undefined;
      const symbol = specifier && checker.getSymbolAtLocation(specifier);
      const target = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
      if (
        target &&
        ts.isSourceFile(target) &&
        !target.isDeclarationFile &&
        host.isBeside(target.fileName)
      ) {
        found.add(target);
      }
    }
  }
  return [...found];
}

function plainDiagnostic(
  ts: typeof TS,
  { file, start = 0, length = 0, code, messageText }: TS.Diagnostic,
  cell: TS.SourceFile,
  host: LanguageHost
): Diagnostic {
  const at = (offset: number) => (file ?? cell).getLineAndCharacterOfPosition(offset);
  return {
    start: at(start),
    end: at(start + length),
    code,
    messageText: ts.flattenDiagnosticMessageText(messageText, '\n'),
    ...(file &&
      file !== cell && { fileName: path.relative(host.getCurrentDirectory(), file.fileName) })
  };
}
