/** Values and names as code. Whatever a payload says comes out as a literal or as a name, never as code of its own. */

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** Latin and Greek: which of the rarer letters make names is not the same in every browser and compiler. */
const COMMON = /^[\w$\u00c0-\u024f\u0370-\u03ff]*$/;

/** Characters that a reader would not see, or that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** What may not be a variable; `arguments` and the like are allowed nowhere in modules. */
const RESERVED = new Set(
  (
    'arguments as async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' ')
);

/** Longer ones are nobody's variables. */
const LONGEST = 100;

export const isName = (text: string): boolean =>
  text.length <= LONGEST && IDENTIFIER.test(text) && COMMON.test(text);

/** Whether a text can be a variable that code mentions. */
export function isVariable(text: string | undefined): text is string {
  return text !== undefined && isName(text) && !RESERVED.has(text);
}

/** A value as a literal. */
export function literal(value: string | number | boolean | null): string {
  if (typeof value === 'string') {
    return JSON.stringify(value).replace(UNSEEN, character =>
      Array.from(
        { length: character.length },
        (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`
      ).join('')
    );
  }
  return typeof value === 'number' && !Number.isFinite(value) ? 'NaN' : String(value);
}

/** A member's name in an object literal. */
export function key(name: string): string {
  // Without brackets this one would set what the object inherits from.
  return name === '__proto__' ? '["__proto__"]' : isName(name) ? name : literal(name);
}
