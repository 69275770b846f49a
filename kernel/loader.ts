import DataLoader from 'dataloader';

/**
 * Batches look-ups of one row per key within a request: `load` gets the distinct keys of one tick and
 * returns the rows in any order; a key without row gives null.
 */
export function rowLoader<K, R>(
  load: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (key: K) => string,
  keyOfRow: (row: R) => string,
): DataLoader<K, R | null, string> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await load(keys)).map((row) => [keyOfRow(row), row]));
      return keys.map((key) => rows.get(keyOf(key)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

/** As `rowLoader`, for any number of rows per key; their order is the one in which `load` returned them. */
export function listLoader<K, R>(
  load: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (key: K) => string,
  keyOfRow: (row: R) => string,
): DataLoader<K, R[], string> {
  return new DataLoader(
    async (keys) => {
      const rows = Map.groupBy(await load(keys), keyOfRow);
      return keys.map((key) => rows.get(keyOf(key)) ?? []);
    },
    { cacheKeyFn: keyOf },
  );
}

/**
 * One loader per distinct set of arguments: a batch then holds the keys that share them, so that a page of
 * a hundred parents costs one statement.
 */
export function loaderPerArguments<A, K, V>(
  make: (args: A) => DataLoader<K, V, string>,
): (args: A) => DataLoader<K, V, string> {
  const loaders = new Map<string, DataLoader<K, V, string>>();
  return (args) => {
    const key = JSON.stringify(args);
    const known = loaders.get(key);
    if (known) return known;
    const loader = make(args);
    loaders.set(key, loader);
    return loader;
  };
}
