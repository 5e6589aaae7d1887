/** Types of what the kernel adds to the globals of cells; the compiler declares them to every cell. */
export const CELL_GLOBALS = `
/**
 * Asks the reader of the notebook for a line of text.
 *
 * Rejects when the cell is interrupted, and where nobody can type (nbconvert, papermill).
 * @param text What is asked. Default: nothing.
 * @param options \`password\`: whether what is typed stays hidden. Default: \`false\`.
 * @example const name = await prompt('Your name? ');
 */
declare function prompt(text?: string, options?: { password?: boolean }): Promise<string>;
`;
