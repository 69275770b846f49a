import { randomUUID } from 'node:crypto';
import { badInput } from '../../../kernel/errors.ts';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { refuse, type UserError } from '../../../kernel/write/refused.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { mistake } from '../submission/input.ts';
import { knownOf } from '../submission/places.query.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { changeSession, summary } from './change.ts';
import type { SessionMode } from './tables.ts';
import { putSession } from './write.query.ts';

type Optional<T> = T | null | undefined;

export interface SaveSessionInput extends Keyed {
  id?: Optional<string>;
  version?: Optional<number>;
  network: string;
  structure?: Optional<string>;
  site?: Optional<string>;
  title: string;
  mode: SessionMode;
  plannedOn: string;
}

const LONGEST_TITLE = 300;

/**
 * Plans a session, or changes one that has not taken place.
 *
 * @throws HubError as `changeSession`; BAD_USER_INPUT for an id without its version, or the other way round
 */
export function saveSession(
  writing: Writing<SimplificationDatabase>,
  input: SaveSessionInput,
): Promise<Written> {
  const { id, version } = input;
  if ((id == null) !== (version == null)) throw badInput('"id" and "version" come together.');
  if (id == null || version == null) return planSession(writing, input);
  return changeSession(writing, 'saveTestSession', { ...input, id, version }, async (trx, before) => {
    const { mistakes, ...said } = saidBy(input);
    const open = before.state === 'PLANNED' || before.state === 'OPEN';
    refuse([
      ...(open ? [] : [{ code: 'IMPOSSIBLE_TRANSITION', message: CLOSED, path: ['input'] }]),
      ...(input.network === before.network_id
        ? []
        : [mistake('OTHER_NETWORK', 'A session stays in its network.', 'network')]),
      ...mistakes,
    ]);
    refuse(await unknownPlaces(trx, before.network_id, said));
    return { session: { ...before, ...said }, action: 'TEST_SESSION_SAVED' };
  });
}

const CLOSED = 'Only a session that is PLANNED or OPEN can be changed.';

function planSession(writing: Writing<SimplificationDatabase>, input: SaveSessionInput): Promise<Written> {
  const network = cleanText(input.network, 'network');
  const target = {
    ...requestOf(writing, 'saveTestSession', input),
    scope: 'panels:manage' as const,
    network,
  };
  return perform(writing.owner, target, async (trx, audit) => {
    const { mistakes, ...said } = saidBy(input);
    refuse(mistakes);
    refuse(await unknownPlaces(trx, network, said));
    const session = {
      ...said,
      network_id: network,
      id: `SESSION-${randomUUID()}`,
      held_on: null,
      state: 'PLANNED' as const,
      participants: null,
      remarks: null,
      results: [],
    };
    await putSession(trx, session);
    await audit({
      networkId: network,
      action: 'TEST_SESSION_SAVED',
      objectId: session.id,
      before: null,
      after: summary({ ...session, version: 1 }),
    });
    return { id: session.id };
  });
}

function saidBy({ structure, site, title, mode, plannedOn }: SaveSessionInput) {
  const words = cleanText(title, 'title').trim();
  const mistakes: UserError[] = [
    ...(words === '' ? [mistake('BLANK', 'Expected a title.', 'title')] : []),
    ...(words.length > LONGEST_TITLE
      ? [mistake('TOO_LONG', `Expected ${LONGEST_TITLE} characters at most.`, 'title')]
      : []),
  ];
  return {
    mistakes,
    structure_id: cleanText(structure ?? '', 'structure') || null,
    site_id: cleanText(site ?? '', 'site') || null,
    title: words,
    mode,
    planned_on: plannedOn,
  };
}

async function unknownPlaces(
  trx: Parameters<typeof knownOf>[0],
  network: string,
  { structure_id: structure, site_id: site }: { structure_id: string | null; site_id: string | null },
): Promise<UserError[]> {
  const known = await knownOf(trx, { network, structure, site, document: null });
  return [
    ...(known.structure
      ? []
      : [mistake('UNKNOWN_STRUCTURE', 'Expected a structure of this network.', 'structure')]),
    ...(known.site ? [] : [mistake('UNKNOWN_SITE', 'Expected a site of this network.', 'site')]),
  ];
}
