/** The version of this library, as its package.json says. */
export const version = '0.1.0';
