/**
 * A failure that is said in one sentence: what went wrong and what to do. `output` holds the last
 * lines of the command that failed, if one did.
 */
class Problem extends Error {
  constructor(sentence, { output = '', exitCode = 1 } = {}) {
    super(sentence);
    this.name = 'Problem';
    this.output = output;
    this.exitCode = exitCode;
  }
}

const CAUSES = [
  {
    pattern: /EINTEGRITY/,
    sentence: what =>
      `A package is not the one that was asked for (its hash differs): ${what} refuses it. Check the registry or the proxy that npm uses and repeat the command.`
  },
  {
    pattern: /ENOSPC|No space left on device|not enough space on the disk/i,
    sentence: what =>
      `The disk is full: ${what} could not be finished. Free some space and repeat the command.`
  },
  {
    pattern: /package\.json and package-lock\.json.* are in sync|`npm ci` can only install/,
    sentence: () =>
      'package-lock.json does not fit package.json, so npm ci refuses: run `npm install` once and commit package-lock.json.'
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|Temporary failure in name resolution|Connection refused|Network is unreachable|Could not fetch URL|ProxyError/,
    sentence: what =>
      `The package registry could not be reached: ${what} needs the network the first time. Check the connection or the proxy and repeat the command.`
  },
  {
    pattern: /EACCES|EPERM|Permission denied|PermissionError/,
    sentence: what =>
      `A file could not be written: ${what} has no permission. Check who owns the project's folder and repeat the command.`
  },
  {
    pattern: /No matching distribution found for (\S+)/,
    sentence: (what, match) =>
      `The Python package ${match[1]} was not found for this Python: ${what} needs it. Check the package index, or choose another Python by TUNELAB_PYTHON.`
  },
  {
    pattern:
      /ensurepip is not available|No module named ensurepip|returned non-zero exit status.*ensurepip/,
    sentence: () => noVenv('This Python')
  }
];

/** Debian and its relatives leave these modules out of the package `python3`. */
function noVenv(python) {
  return `${python} lacks the modules venv and ensurepip: install them (on Debian or Ubuntu: \`apt-get install python3-venv\`) and repeat the command.`;
}

/** Turns a failed command's output into a sentence that names the cause, as far as it is known. */
function explain(what, output, ending) {
  for (const { pattern, sentence } of CAUSES) {
    const match = pattern.exec(output);
    if (match) {
      return sentence(what, match);
    }
  }
  return `${capital(what)} failed (${ending}).`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The last lines of an output, without the empty ones at its end. */
function tail(output, lines = 20) {
  return output.trimEnd().split(/\r?\n/).slice(-lines).join('\n');
}

module.exports = { Problem, explain, noVenv, tail };
