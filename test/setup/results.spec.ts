import { closingLine, countCheck, countJest, countPytest, exitCodeOf } from './scripts';

const jestReport = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0
};

describe('the counts of a jest run', () => {
  it('are those of its report', () => {
    const report = { ...jestReport, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 };
    expect(countJest(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  });

  it('take a file that could not be loaded for a failure', () => {
    const report = { ...jestReport, numRuntimeErrorTestSuites: 1 };
    expect(countJest(report, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  });

  it('hold a failure when jest failed without a failing test, or wrote no report', () => {
    expect(countJest(jestReport, 1).failed).toBe(1);
    expect(countJest(null, 1).failed).toBe(1);
    expect(countJest(null, 0).failed).toBe(1);
  });
});

describe('the counts of a pytest run', () => {
  const xml = (attributes: string) =>
    `<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" ${attributes}></testsuite></testsuites>`;

  it('are those of its report, errors among the failures', () => {
    const text = xml('errors="1" failures="2" skipped="3" tests="12" time="0.1"');
    expect(countPytest(text, 1)).toEqual({ passed: 6, failed: 3, skipped: 3 });
  });

  it('hold a failure when no test was found (exit code 5) or no report was written', () => {
    const empty = xml('errors="0" failures="0" skipped="0" tests="0" time="0.0"');
    expect(countPytest(empty, 5)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countPytest(null, 4)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the closing line and the exit code', () => {
  it('say passed and failed, and skipped only if any was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 9, failed: 1, skipped: 2 })).toBe('9 passed, 1 failed, 2 skipped');
  });

  it('count a check such as lint as one test', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('are a success only if something passed and nothing failed', () => {
    expect(exitCodeOf({ passed: 1, failed: 0, skipped: 0 })).toBe(0);
    expect(exitCodeOf({ passed: 9, failed: 1, skipped: 0 })).toBe(1);
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 0 })).toBe(1);
    expect(exitCodeOf({ passed: 0, failed: 0, skipped: 5 })).toBe(1);
  });
});
