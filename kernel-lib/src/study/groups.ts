/** Freezes a configuration with the groups in it, unless that was done. */
export function freezeGroup(group: object): void {
  if (Object.isFrozen(group)) {
    return;
  }
  for (const node of Object.values(group) as unknown[]) {
    if (typeof node === 'object' && node !== null) {
      freezeGroup(node);
    }
  }
  Object.freeze(group);
}

/** A configuration that an objective may change: records keep theirs. */
export function copyOfGroup<Node>(node: Node): Node {
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const inner = Object.entries(node).map(([key, value]) => [key, copyOfGroup(value)] as const);
  return (
    Array.isArray(node) ? inner.map(([, value]) => value) : Object.fromEntries(inner)
  ) as Node;
}
