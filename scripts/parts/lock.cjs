const fs = require('node:fs');
const path = require('node:path');
const { throwIfInterrupted } = require('./processes.cjs');

const BEAT = 2000;
// A machine that slept resumes its timers at once; a minute without a beat means a dead owner, even
// if its process id has been given to somebody else since.
const STALE = 60_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Who holds the lock: a process id, 0 for an owner who has not yet signed, null for nobody alive. */
function owner(folder) {
  const file = path.join(folder, 'owner');
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  const since = stat ?? fs.statSync(folder, { throwIfNoEntry: false });
  if (!since || Date.now() - since.mtimeMs > STALE) {
    return null;
  }
  const pid = stat ? Number(fs.readFileSync(file, 'utf8')) : 0;
  return pid === 0 || isAlive(pid) ? pid : null;
}

/**
 * Runs `work` while this process holds the lock. Making a folder is atomic on every file system, so
 * the folder is the lock; the file in it names the owner and is touched while the owner lives.
 */
async function withLock(folder, work, { say = () => {}, pause = 500 } = {}) {
  let told = false;
  for (;;) {
    try {
      fs.mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    const pid = owner(folder);
    if (pid === null) {
      fs.rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) {
      say(`Another set-up of this folder is running (process ${pid}); waiting for it.`);
      told = true;
    }
    throwIfInterrupted();
    await new Promise(resolve => setTimeout(resolve, pause));
  }
  const file = path.join(folder, 'owner');
  const release = () => fs.rmSync(folder, { recursive: true, force: true });
  let beat;
  process.once('exit', release);
  try {
    fs.writeFileSync(file, String(process.pid));
    beat = setInterval(() => fs.utimesSync(file, new Date(), new Date()), BEAT);
    beat.unref();
    return await work();
  } finally {
    clearInterval(beat);
    process.removeListener('exit', release);
    release();
  }
}

module.exports = { withLock };
