/** What a step of the tests amounts to; zero tests are never a success. */
const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/** A check such as lint, which is one test. */
function countCheck(exitCode) {
  return exitCode === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

/**
 * Counts from jest's --json report; null stands for a report that was never written. A file that
 * could not even be loaded holds no tests, so it counts as a failure itself; so does whatever else
 * made jest fail, such as a snapshot that nothing asks for.
 */
function countJest(report, exitCode) {
  if (!report) {
    return { ...NOTHING, failed: 1 };
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests
  };
}

/** Counts from pytest's --junitxml report; null stands for a report that was never written. */
function countPytest(xml, exitCode) {
  const suites = xml?.match(/<testsuite\s[^>]*>/g) ?? [];
  const sum = name =>
    suites.reduce(
      (total, tag) => total + Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0),
      0
    );
  const failed = sum('failures') + sum('errors');
  const skipped = sum('skipped');
  return {
    passed: Math.max(0, sum('tests') - failed - skipped),
    // pytest exits with 5 when it found no test, with others when it could not run.
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped
  };
}

function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped
  };
}

/** The closing line, standing alone: `12 passed, 0 failed`, and `, 1 skipped` only if any was. */
function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** 0 only if something passed and nothing failed. */
function exitCodeOf({ passed, failed }) {
  return failed === 0 && passed > 0 ? 0 : 1;
}

module.exports = { NOTHING, add, closingLine, countCheck, countJest, countPytest, exitCodeOf };
