/** Names with dots are members of groups: `optimizer.learningRate`, `units.0`. */
import { key } from './literal';

/** A hyperparameter by its name, and the code of its value; `undefined` where it has none. */
export type Entry = readonly [name: string, code: string | undefined];

interface Group {
  members: Map<string, string | undefined | Group>;
}

/** Longer lists are nobody's configuration. */
const MOST_LISTED = 1000;
/** A group that fits into a line of the learner's stands in one. */
const LINE = 90;

/** `{ learningRate: 0.01, units: [8, 16] }`, in several lines where it is long. */
export function objectOf(entries: readonly Entry[], indent = ''): string {
  const root: Group = { members: new Map() };
  for (const [name, code] of entries) {
    put(root, name.split('.'), code);
  }
  return write(root, indent);
}

function put(root: Group, path: readonly string[], code: string | undefined): void {
  let group = root;
  for (const [i, part] of path.entries()) {
    const found = group.members.get(part);
    const isLast = i === path.length - 1;
    if (isLast && !group.members.has(part)) {
      group.members.set(part, code);
    } else if (isLast || (group.members.has(part) && typeof found !== 'object')) {
      // A value and a group of one name: the study has no such space, so a name is as good as another.
      root.members.set(path.join('.'), code);
      return;
    } else {
      const inner = found ?? { members: new Map() };
      group.members.set(part, inner);
      group = inner as Group;
    }
  }
}

function write({ members }: Group, indent: string): string {
  const listed = listOf(members);
  const inner = `${indent}  `;
  const codeOf = (value: string | Group | undefined): string | undefined =>
    typeof value === 'object' ? write(value, inner) : value;
  const parts = listed
    ? listed.map(value => codeOf(value) ?? 'undefined')
    : [...members].flatMap(([name, value]) => {
        const code = codeOf(value);
        return code === undefined ? [] : [`${key(name)}: ${code}`];
      });
  const [open, close] = listed ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) {
    return `${open}${close}`;
  }
  const space = listed ? '' : ' ';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  const isShort = indent.length + line.length <= LINE && !line.includes('\n');
  return isShort
    ? line
    : `${open}\n${parts.map(part => inner + part).join(',\n')}\n${indent}${close}`;
}

/** The members of a list by their places; `undefined` if the group is none. What is missing at the end is left out. */
function listOf(members: Group['members']): (string | Group | undefined)[] | undefined {
  const places = [...members.keys()];
  if (
    places.length === 0 ||
    !places.every(place => /^(0|[1-9]\d{0,2})$/.test(place) && Number(place) < MOST_LISTED)
  ) {
    return undefined;
  }
  const list: (string | Group | undefined)[] = [];
  for (const [place, value] of members) {
    if (value !== undefined) {
      list[Number(place)] = value;
    }
  }
  return Array.from(list);
}
