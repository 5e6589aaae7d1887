/** What the doctor found: one line each, and the whole. */

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, such as `kernelspec`. */
  name: string;
  /** Whether it is as it must be. */
  ok: boolean;
  /** What was found, such as a version and a path. */
  found: string;
  /** What to do about it, if it is not ok. */
  advice?: string;
}

export const fine = (name: string, found: string): Finding => ({ name, ok: true, found });

export const problem = (name: string, found: string, advice: string): Finding => ({
  name,
  ok: false,
  found,
  advice
});

/** The findings for people: `ok` or `PROBLEM`, what was found, and below it what to do. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, ok, found, advice }) => [
    `${ok ? 'ok     ' : 'PROBLEM'}  ${name.padEnd(width)}  ${found}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 11)}-> ${advice}`])
  ]);
  const problems = findings.filter(({ ok }) => !ok).length;
  const end =
    problems === 0
      ? 'All is well.'
      : `${problems} ${problems === 1 ? 'problem' : 'problems'}: do what the arrows say, then ask again.`;
  return `${[...lines, end].join('\n')}\n`;
}

/** The findings for programs. */
export function findingsAsJson(findings: readonly Finding[]): string {
  const ok = findings.every(finding => finding.ok);
  return `${JSON.stringify({ ok, findings }, null, 2)}\n`;
}
