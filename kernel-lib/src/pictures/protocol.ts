/** What the kernel's process and the process that draws say to each other. */
import type { FigurePayload } from '../figures/format';
import type { Picture, PictureSize } from './renderer';

export interface PictureRequest extends PictureSize {
  id: number;
  payload: FigurePayload;
}

export type PictureReply = { id: number } & (Picture | { error: string });
