// Node defines it in CommonJS; a bundle for browsers has nothing in place of this module.
declare const __dirname: string;

/** The folder of this library, above which lie the packages that it was installed with. */
export const ownFolder = (): string => __dirname;
