const NUMBER = /^[+-]?[\d\s\u00a0\u202f]+(?:[.,]\d+)?\s*%?$/;

/** Keeps a spreadsheet from running a cell as a formula; numbers stay numbers. */
export const neutralised = (cell: string): string =>
  /^'*[=+\-@\t\r]/.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

/** The cell as it was before `neutralised`. */
export const restored = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
