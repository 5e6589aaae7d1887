/** Stock tslab, without tunelab's launcher: the only file that knows how it displays. */
import { nodeModule, type MimeBundle } from '../host';

type WriteDisplay = (
  content: MimeBundle & { transient: { display_id?: string } },
  update: boolean
) => void;

interface LoadedModule {
  exports?: { lastWriteDisplayData?: WriteDisplay | null };
}

/**
 * The way by which stock tslab sends what a cell displays, if this code runs in one. tslab is found
 * among the modules already loaded: requiring it anew could load a second copy, which shows nothing.
 */
export function findTslab(): WriteDisplay | undefined {
  const loaded = nodeModule<{ _cache?: Record<string, LoadedModule> }>('module')?._cache ?? {};
  const file = Object.keys(loaded).find(name => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  // Not kept: tslab replaces the function with every cell.
  return (file && loaded[file].exports?.lastWriteDisplayData) || undefined;
}
