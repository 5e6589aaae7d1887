const { Problem, explain } = require('./problem.cjs');
const { handleInterrupts } = require('./processes.cjs');
const { nodeProblem } = require('./versions.cjs');

/** Prints what went wrong: the failed command's last lines, then one sentence. */
function report(error, write = text => process.stderr.write(text)) {
  if (!(error instanceof Problem)) {
    // A failure of the file system deserves a sentence, too; anything else is a bug to be reported.
    write(`${error?.stack ?? error}\n`);
    write(`\n${explain('the command', String(error), 'an error of the script itself')}\n`);
    return 1;
  }
  if (error.output) {
    write(`${error.output.replace(/^/gm, '  | ')}\n`);
  }
  write(`\n${error.message}\n`);
  return error.exitCode;
}

/** Runs a script: checks Node, ends children at Ctrl-C, and sets the exit code. */
async function runScript(work) {
  try {
    const tooOld = nodeProblem(process.version);
    if (tooOld) {
      throw new Problem(tooOld);
    }
    handleInterrupts();
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = report(error);
  }
}

module.exports = { report, runScript };
