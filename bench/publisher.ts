import type { Hub } from './hubs.ts';
import { runHub } from './processes.ts';
import { statement } from './statement.ts';

/** Time between two publications, in milliseconds. */
const PAUSE = 2000;
/** Longest that making a key may take, in seconds. */
const LONGEST = 30;

const SAVE = `mutation ($input: SaveResultDraftInput!) { saveResultDraft(input: $input) { draft { id version } userErrors { message } } }`;
const PUBLISH = `mutation ($input: ResultDraftInput!) { publishResults(input: $input) { publication userErrors { message } } }`;

interface Answer {
  data?: Record<string, { draft?: { id: string; version: number } | null; userErrors: object[] }>;
  errors?: object[];
}

/**
 * A network that publishes one result again and again through the hub, as long as it is told to: each publication
 * makes whatever the hub keeps of that network old. What is given starts it.
 */
export async function startPublisher(
  hub: Hub,
  databaseUrl: string,
): Promise<() => { stop(): Promise<void> }> {
  const [subject] = await statement<{ site: string; network: string }>(
    databaseUrl,
    `select s.id as site, s.network_id as network from directory.site s
       join directory.network n on n.id = s.network_id and n.finest_level = 'SITE' and n.valid_to is null
      where s.valid_to is null and exists (select from indicators.result r where r.subject_id = s.id)
      order by s.id limit 1`,
  );
  if (!subject) throw new Error('No site has results that could be published again.');
  const { site, network } = subject;
  const making = runHub(['key', 'create', '--role', 'NETWORK_HQ', '--network', network, '--label', 'bench'], {
    DATABASE_URL: databaseUrl,
  });
  await making.finished(LONGEST);
  const authorization = `Bearer ${making.output().trim()}`;
  let count = 0;
  const ask = async (query: string, input: object) => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data, errors } = (await response.json()) as Answer;
    const [answer] = Object.values(data ?? {});
    if (errors || !answer || answer.userErrors.length > 0)
      throw new Error(`Publishing failed: ${JSON.stringify({ errors, data })}`);
    return answer;
  };
  const publish = async () => {
    count += 1;
    const name = `bench-${process.pid}-${count}`;
    const { draft } = await ask(SAVE, {
      idempotencyKey: `${name}-draft`,
      network,
      title: name,
      results: [
        {
          site,
          indicator: 'IND-SATISFACTION',
          period: '2024',
          veryFavourable: 50 + (count % 40),
          favourable: 75,
          unfavourable: 15,
          veryUnfavourable: 10,
        },
      ],
    });
    await ask(PUBLISH, { idempotencyKey: name, draft: draft?.id, version: draft?.version });
  };
  return () => {
    const ended = Promise.withResolvers<void>();
    let going = true;
    const work = (async () => {
      while (going) {
        await publish();
        await Promise.race([ended.promise, new Promise((resolve) => setTimeout(resolve, PAUSE).unref())]);
      }
    })();
    return {
      stop: async () => {
        going = false;
        ended.resolve();
        await work;
      },
    };
  };
}
