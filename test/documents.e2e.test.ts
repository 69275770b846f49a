import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT_FOLDER } from '../cli/compose.ts';
import { ask, operation, startedDatabase, startHub } from './kit/hub.ts';

const folder = join(CONTRACT_FOLDER, 'operations');
const documents = { folder, anonymousQueries: 'trusted' } as const;
const hub = await startHub((await startedDatabase()).url, { gateway: { documents } });

/** What changed is always asked again; an unchanged answer then costs a 304. */
const kept = (seconds: number) =>
  seconds === 0
    ? 'public, no-cache'
    : `public, max-age=${seconds}, stale-while-revalidate=${seconds}, stale-if-error=86400`;

/** How long each operation may be kept, by what it reads. */
test.each([
  ['ClearDocuments', 300],
  ['ContinuousImprovement', 300],
  ['FindTestimonies', 60],
  ['NationalOverview', 300],
  ['NetworkRanking', 300],
  ['OneGraph', 60],
  ['ResultStatistics', 300],
  ['Scorecard', 60],
  ['Search', 60],
  ['ServicesNearMe', 60],
  ['SiteBoard', 300],
  ['TestimonyPage', 60],
  ['Transparency', 300],
  ['VoiceOfUsers', 60],
  ['WeakSignals', 60],
  ['WhatChanged', 0],
])('%s, by its hash alone, for a portal behind a cache', async (name, seconds) => {
  const { query, variables } = operation(name);
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, `${name}.graphql`)))
    .digest('hex');
  const url = `${hub.url}/q/${hash}?variables=${encodeURIComponent(JSON.stringify(variables))}`;
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe(kept(seconds));
  const answer: { data: unknown } = await response.json();
  expect(answer).toEqual({ data: (await ask(hub.url, query, variables)).data });
  const again = await fetch(url, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('whoever has no role is answered nothing else', async () => {
  const { status, errors } = await ask(hub.url, '{ networks { name } }');
  expect(status).toBe(403);
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
