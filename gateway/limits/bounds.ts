/** What a document may hold at most; more is refused before it is validated. */
export const MOST = {
  /** Characters; comments count. */
  characters: 20_000,
  tokens: 1000,
  /** Fields within fields. */
  depth: 15,
  /** The same below `__schema` and `__type`, where lists of lists of types are long to write. */
  metaDepth: 20,
  /** Aliases of one field, in the whole document. */
  aliases: 30,
  directives: 20,
  operations: 10,
  fragments: 60,
  /** Variables of one operation. */
  variables: 60,
  /** Fields once every fragment is written out wherever it is spread. */
  fields: 1500,
  /** Selections of one field under one key that an answer merges. */
  repeats: 30,
  /** Pairs of such selections: validation compares each with each. */
  pairs: 3000,
} as const;
