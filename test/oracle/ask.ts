/** Asks one query of the graph; an answer with any error is no answer. */
export type AskGraph = <Data>(query: string, variables: Record<string, unknown>) => Promise<Data>;

/** The graph of a gateway, over HTTP, as anybody asks it. */
export const graphAt =
  (url: string): AskGraph =>
  async <Data>(query: string, variables: Record<string, unknown>) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: object[] };
    if (errors) throw new Error(`${JSON.stringify(errors)} for ${JSON.stringify(variables)}`);
    return data;
  };

/** Does a work for each item, a few at once: pages of a graph wait for their database most of the time. */
export async function forEachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  atOnce = 3,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A number of an answer in millionths, read from its digits: 81.395349 is exactly 81395349 of them. */
export function millionths(value: number | null): string | null {
  if (value === null) return null;
  const [, sign = '', whole = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(String(value)) ?? [];
  if (whole === '0' && decimals === '' && value !== 0) throw new Error(`${value} has no exact millionths`);
  return String(BigInt(`${sign}${whole}${decimals.padEnd(6, '0')}`));
}
