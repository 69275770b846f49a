import { type QueryExecutorProvider, sql } from 'kysely';
import { badInput, HubError } from '../../../kernel/errors.ts';
import { captureBefore, pruneBefore } from '../../../kernel/import/before.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { COMMITMENT_LINK, DEFINITION, INDICATOR } from '../import/entities.ts';
import { type Optional, optionalText, optionalTexts, textOf } from '../input.ts';
import { lockPublications, publishAs } from '../publication/entry.ts';
import { INDICATORS_WRITTEN } from '../publication/written.ts';
import type { IndicatorsTables } from '../tables.ts';
import { bareCode, codeMistakes, indicatorMistakes } from './check.ts';
import { type Known, lockedIndicator, meaningIn, putIndicator, today } from './definition.query.ts';
import { type DefineInput, isBreak, type Meaning, meaningOf } from './meaning.ts';

/**
 * Makes an indicator of a network (of the common core, by DITP), or says anew what one means: a new version of its
 * definition where what is measured changes, else the same in other words. Journalled like an import of
 * definitions, so that each can be undone and neither undoes the other.
 * @throws HubError as `perform`; NOT_FOUND for an indicator that is not of this network; CONFLICT when it was written
 *   since
 */
export async function defineIndicator(
  writing: Writing<IndicatorsTables>,
  input: DefineInput,
): Promise<Outcome<{ indicator: string }>> {
  const network = optionalText(input.network, 'network');
  const meaning = meaningOf(input);
  const request = requestOf(writing, 'defineIndicator', input);
  const { viewer } = writing;
  return perform(writing.owner, { ...request, scope: 'indicators:define', network }, async (trx, audit) => {
    await lockPublications(trx);
    const before = await knownIndicator(trx, input, network);
    const after = before
      ? redefined(viewer, input, before, meaning, await today(trx))
      : created(input, network, meaning);
    if (before === null) refuse(await codeMistakes(trx, viewer, after.indicator.code));
    const asksFrom = input.validFrom ?? null;
    refuse(await indicatorMistakes(trx, viewer, input, { before, after, asksFrom }));
    const { id } = after.indicator;
    const entry = {
      network: network ?? 'all',
      name: 'defineIndicator',
      content: after,
      options: {},
      rows: 1,
    };
    await publishAs(trx, { ...entry, feed: INDICATORS_WRITTEN }, async ({ importId }) => {
      await capture(trx, importId, before, after);
      await putIndicator(trx, after, importId);
      await pruneBefore(trx, importId, [INDICATOR, DEFINITION, COMMITMENT_LINK]);
    });
    await audit({ networkId: network, action: 'INDICATOR_DEFINED', objectId: id, before, after });
    return { indicator: id };
  });
}

async function knownIndicator(
  trx: Parameters<typeof lockedIndicator>[0],
  { indicator, version, code }: DefineInput,
  network: string | null,
): Promise<Known | null> {
  if (!indicator) {
    if (version) throw badInput('A new indicator has no "version": leave it out.');
    if (!code) throw badInput('A new indicator needs a "code".');
    return null;
  }
  if (!version) throw badInput('"version" is needed: the "revision" of the indicator as it was read.');
  const known = await lockedIndicator(trx, textOf(indicator, 'indicator'), network);
  if (known === null) throw new HubError('NOT_FOUND', 'No such indicator.');
  demandVersion(version, known.indicator.revision);
  return known;
}

function created(input: DefineInput, network: string | null, meaning: Meaning): Known {
  // The code is the id, as imports of definitions have it.
  const id = `IND-${bareCode(textOf(input.code ?? '', 'code'))}`;
  const mapping = {
    core_indicator_id: optionalText(input.coreIndicator, 'coreIndicator'),
    comparability: input.comparability ?? null,
  };
  return {
    indicator: { id, code: id, network_id: network, ...mapping, revision: 1 },
    definition: { indicator_id: id, version: 1, ...meaning, valid_from: input.validFrom ?? null },
    commitments: commitmentsOf(input.commitments) ?? [],
  };
}

function redefined(viewer: Viewer, input: DefineInput, before: Known, meaning: Meaning, day: string): Known {
  const { indicator, definition } = before;
  const breaks = isBreak(meaningIn(definition), meaning);
  const comparability = input.comparability === undefined ? indicator.comparability : input.comparability;
  return {
    indicator: {
      ...indicator,
      core_indicator_id:
        input.coreIndicator === undefined
          ? indicator.core_indicator_id
          : optionalText(input.coreIndicator, 'coreIndicator'),
      // The review said so of what was measured until now.
      comparability:
        breaks && comparability === 'SAME_QUESTION' && viewer.role !== 'DITP' ? 'CLOSE' : comparability,
      revision: indicator.revision + 1,
    },
    definition: breaks
      ? {
          indicator_id: indicator.id,
          version: definition.version + 1,
          ...meaning,
          valid_from: input.validFrom ?? day,
        }
      : { ...definition, ...meaning },
    commitments: commitmentsOf(input.commitments) ?? before.commitments,
  };
}

const commitmentsOf = (ids: Optional<readonly string[]>) => optionalTexts(ids, 'commitments')?.sort() ?? null;

/** What the command may write, as it was. */
async function capture(
  trx: QueryExecutorProvider,
  importId: string,
  before: Known | null,
  { indicator: { id }, definition: { version }, commitments }: Known,
): Promise<void> {
  const links = [...new Set([...(before?.commitments ?? []), ...commitments])];
  await captureBefore(trx, importId, INDICATOR, sql`select ${id} :: text as id`);
  await captureBefore(
    trx,
    importId,
    DEFINITION,
    sql`select ${id} :: text as indicator_id, ${version} :: integer as version`,
  );
  await captureBefore(
    trx,
    importId,
    COMMITMENT_LINK,
    sql`select ${id} :: text as indicator_id, unnest(${links}::text[]) as commitment_id`,
  );
}
