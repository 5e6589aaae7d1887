/** Whether the process that started this kernel has died, so that the kernel must not stay behind. */

/** Asks the system; undefined when the kernel was started by hand and nobody is to be watched. */
export function parentDied(environment = process.env): (() => boolean) | undefined {
  if (!environment.JPY_PARENT_PID) {
    return undefined;
  }
  // On Windows the variable holds a handle, not a process number, but ppid keeps the starter's.
  const first = process.ppid;
  const named = Number(environment.JPY_PARENT_PID);
  if (process.platform === 'win32' || named === first) {
    return () => process.ppid !== first || !exists(first);
  }
  return () => !exists(named);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
