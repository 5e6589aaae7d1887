/** What hovering over a mark shows. */
import { describeValue } from '../positions';
import type { PanelAxis } from '../scene/scene';
import { plain, plainInTemplate } from '../text';
import { MOST_PLAIN } from './coordinates';
import type { LayerPlace, Plain } from './drawing';

/** The quantities of a mark, one in a line. */
export function describeMark(...quantities: [axis: PanelAxis, value: number][]): string {
  return quantities
    .map(([axis, value]) => `${axis.label ? `${axis.label}: ` : ''}${describeValue(axis, value)}`)
    .join('\n');
}

/**
 * The fields of a trace that make its marks answer. Few marks bring their texts along. Many are asked one by one when
 * a reader points at them: their texts alone would take longer than all drawing.
 */
export function hoverFields(
  count: number,
  name: string,
  text: readonly string[] | ((index: number) => string),
  { still, asked }: LayerPlace
): { fields: Plain; hover?: (index: number) => string } {
  if (still) return { fields: { hoverinfo: 'skip' } };
  const ask = typeof text === 'function' ? text : (index: number): string => text[index];
  if (asked || count > MOST_PLAIN) return { fields: { hoverinfo: 'none' }, hover: ask };
  return {
    fields: {
      text: Array.from({ length: count }, (_, i) => plain(ask(i))),
      hovertemplate: `%{text}<extra>${plainInTemplate(name)}</extra>`
    }
  };
}
