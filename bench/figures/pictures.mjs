// Pictures in Node: how long the process that draws them takes, and how much memory.
import { readFileSync } from 'node:fs';
import { minimum } from '../statistics.mjs';
import { fromLibrary } from './sources.mjs';
import { scatterOf } from './trials.mjs';

const { PictureClient } = fromLibrary('pictures/client');

/** The most memory that a process has taken so far, in megabytes; Linux says it. */
function peakOf(pid) {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kilobytes / 1024;
}

export async function pictures() {
  const client = new PictureClient();
  const size = { width: 640, scale: 2 };
  const time = async payload => {
    const began = performance.now();
    await client.render(payload, size);
    return performance.now() - began;
  };
  const repeated = async payload => {
    const times = [];
    for (let i = 0; i < 5; i++) times.push(await time(payload));
    return minimum(times);
  };
  const few = scatterOf(200);
  const many = scatterOf(100_000);
  try {
    const first = await time(few);
    const rows = [
      { what: 'first picture, its process started (ms)', ours: first },
      { what: 'picture of 200 points (ms)', ours: await repeated(few), most: 400 },
      { what: 'picture of 100,000 points (ms)', ours: await repeated(many), most: 1500 }
    ];
    if (process.platform === 'linux') {
      rows.push({ what: 'memory of the process (MB)', ours: peakOf(client.pid), most: 300 });
    }
    return rows;
  } finally {
    client.close();
  }
}
