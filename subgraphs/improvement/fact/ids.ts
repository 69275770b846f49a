/** The shape of an id of this prefix. */
export const idOf = (prefix: string) =>
  new RegExp(`^${prefix}-[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,110}$`, 'u');
