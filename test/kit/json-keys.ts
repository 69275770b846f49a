/**
 * Whether V8 reads all keys of a value back: with Node 24 and 26 it takes a key that begins with an escape for a backslash,
 * if an object of the same shape had that key before (https://github.com/nodejs/node/issues/63785, open). Random
 * values meet this every some thousand times; no file that is published does.
 */
export const hasReadableKeys = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value) && Object.keys(value).some((key) => JSON.stringify(key)[1] === '\\'))
    return false;
  return Object.values(value).every(hasReadableKeys);
};
