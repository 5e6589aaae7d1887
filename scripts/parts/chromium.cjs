const fs = require('node:fs');
const path = require('node:path');
const { Problem } = require('./problem.cjs');
const { run } = require('./processes.cjs');

const COMMANDS = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  ...['microsoft-edge', 'microsoft-edge-stable']
];

/** Where installers put Chromium, Chrome and Edge, which is Chromium, too. */
function wellKnownPlaces(env, platform) {
  if (platform === 'darwin') {
    const applications = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return names.flatMap(name =>
      applications.map(folder => `${folder}/${name}.app/Contents/MacOS/${name}`)
    );
  }
  if (platform === 'win32') {
    const roots = [env.LOCALAPPDATA, env.ProgramFiles, env['ProgramFiles(x86)']].filter(Boolean);
    const programs = [
      ['Chromium', 'Application', 'chrome.exe'],
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe']
    ];
    return programs.flatMap(program => roots.map(root => path.win32.join(root, ...program)));
  }
  return ['/snap/bin/chromium', '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome'];
}

/**
 * The browser for the tests: TUNELAB_CHROMIUM, else a known command on the PATH, else a well-known
 * place. Null if there is none.
 * @throws Problem if TUNELAB_CHROMIUM names a file that does not exist.
 */
function findChromium(env, platform, exists = fs.existsSync) {
  if (env.TUNELAB_CHROMIUM) {
    if (!exists(env.TUNELAB_CHROMIUM)) {
      throw new Problem(
        `TUNELAB_CHROMIUM names ${env.TUNELAB_CHROMIUM}, but there is no such file: correct the variable or unset it.`
      );
    }
    return env.TUNELAB_CHROMIUM;
  }
  const p = platform === 'win32' ? path.win32 : path.posix;
  // Programs of Windows are not on the PATH; a `chromium` there would be a script.
  const folders = platform === 'win32' ? [] : (env.PATH ?? '').split(p.delimiter).filter(Boolean);
  const commands = COMMANDS.flatMap(name => folders.map(folder => p.join(folder, name)));
  return [...commands, ...wellKnownPlaces(env, platform)].find(file => exists(file)) ?? null;
}

const NONE =
  'No Chromium was found, and the browser checks need one: install Chromium or Chrome, or name one by the environment variable TUNELAB_CHROMIUM, or leave these checks out by `npm test -- --without-browser`.';

/** Finds a Chromium; as root on Debian and its relatives it is installed when there is none. */
async function provideChromium(say) {
  const found = findChromium(process.env, process.platform);
  if (found) {
    return found;
  }
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) {
    throw new Problem(NONE);
  }
  say('  Chromium by apt-get ...');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('updating the package lists', 'apt-get', ['update'], { env });
    await run('installing Chromium', 'apt-get', ['install', '-y', 'chromium'], { env });
  } catch (error) {
    throw new Problem(`${error.message}\n${NONE}`, error);
  }
  const installed = findChromium(process.env, process.platform);
  if (!installed) {
    throw new Problem(NONE);
  }
  return installed;
}

module.exports = { findChromium, provideChromium };
