import { currentKernel, type MimeBundle } from '../host';
import { findTslab } from './tslab';

type Coming = MimeBundle | Promise<MimeBundle>;

/** An output that is replaced as what it shows goes on. */
export interface Screen {
  /** Shows a bundle below what the running cell has shown. Call it first, and once. */
  show(bundle: Coming): Promise<void>;
  /** Puts a bundle in its place. A promise holds the running cell until it is settled, where the kernel can do that. */
  update(bundle: Coming): Promise<void>;
}

let screens = 0;

/** An output of the running cell that can be replaced; `undefined` outside of notebooks. */
export function openScreen(): Screen | undefined {
  const displayId = `tunelab-figure-${Date.now().toString(36)}-${screens++}`;
  const kernel = currentKernel();
  if (kernel) {
    return {
      show: bundle => kernel.display(bundle, { displayId }),
      update: bundle => kernel.display(bundle, { displayId, update: true })
    };
  }
  if (!findTslab()) {
    return undefined;
  }
  const write = async (coming: Coming, update: boolean): Promise<void> => {
    const bundle = await coming;
    // Looked up again: meanwhile another cell may have begun.
    findTslab()?.({ ...bundle, transient: { display_id: displayId } }, update);
  };
  return { show: bundle => write(bundle, false), update: bundle => write(bundle, true) };
}
