import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import { HQ, improvementWriters, outcomeOf } from '../fixtures/writers.ts';
import { actionPlans } from './action-plans.merge.ts';
import { actions } from './actions.merge.ts';
import { improvementFeeds } from './feeds.ts';
import { gaps } from './gaps.merge.ts';
import { impacts } from './impacts.merge.ts';
import { selfDiagnoses } from './self-diagnoses.merge.ts';

const { database, owner, write, stored } = await improvementWriters();

const load = (feed: Feed, lines: readonly string[], options: Record<string, string> = {}) => {
  const stream = Readable.from([[...lines, ''].join('\n')]);
  return runImport(feed, { name: 'table.csv', stream }, { databaseUrl: database.url, options });
};
const undo = (importId: string | null) =>
  rollbackImport(new Map(improvementFeeds.map((feed) => [feed.name, feed])), 'improvement', importId ?? '', {
    databaseUrl: database.url,
  });

const PLAN = [
  'identifiant;reseau;code_sp_structure;titre;etat;plan_superieur;publie',
  'PLAN-N;NET-caf;;Plan national;en cours;;oui',
  'PLAN-L;NET-caf;caf-62;Plan local;en cours;PLAN-N;oui',
];
const ACTIONS =
  'identifiant;reseau;plan;titre;etat;responsable;responsable_precise;echeance;fait_le;avancement;publie';
const ACTION = 'ACT-1;NET-caf;PLAN-L;Former;en cours;Responsable d’accueil;;2026-05-01;;40;oui';

describe('actions of plans', () => {
  test('are about whom their plan is, wherever a file moves it; twice changes nothing, and they can be undone', async () => {
    await load(actionPlans, PLAN);
    const first = await load(actions, [ACTIONS, ACTION]);
    expect(first.merge).toEqual({ inserted: 1, updated: 0, unchanged: 0, closed: 0 });
    const place = () =>
      stored('action', 'ACT-1', 'structure_id, territory_id, progress, owner_role, published');
    expect(await place()).toEqual({
      structure_id: 'STR-caf-62',
      territory_id: null,
      progress: 40,
      owner_role: 'RECEPTION_LEAD',
      published: true,
    });
    const again = await load(actions, [`${ACTIONS};autre`, `${ACTION};`]);
    expect(again.merge).toEqual({ inserted: 0, updated: 0, unchanged: 1, closed: 0 });
    const moved = await load(actionPlans, [
      PLAN[0] ?? '',
      'PLAN-L;NET-caf;caf-75;Plan local;en cours;PLAN-N;oui',
    ]);
    expect(await place()).toMatchObject({ structure_id: 'STR-caf-75' });
    await undo(moved.importId);
    expect(await place()).toMatchObject({ structure_id: 'STR-caf-62' });
    await undo(again.importId);
    await undo(first.importId);
    await expect(place()).rejects.toThrow('holds no ACT-1');
  });

  test.each([
    ['no plan', { plan: '' }, 'plan', 'REQUIRED'],
    ['an unknown plan', { plan: 'PLAN-404' }, 'plan', 'UNKNOWN_PLAN'],
    ['an unknown network', { reseau: 'guichet' }, 'reseau', 'UNKNOWN_NETWORK'],
    ['done without a day', { etat: 'fait', avancement: '' }, 'fait_le', 'REQUIRED'],
    ['a day that is not over', { fait_le: '2026-01-01' }, 'fait_le', 'CONTRADICTORY_STATE'],
    ['done in part', { etat: 'fait', fait_le: '2026-01-01' }, 'avancement', 'CONTRADICTORY_STATE'],
    ['more than all', { avancement: '101' }, 'avancement', 'OUT_OF_RANGE'],
    ['an address', { responsable_precise: 'zoe@caf.fr' }, 'responsable_precise', 'PERSONAL_DATA'],
    ['another role without words', { responsable: 'autre' }, 'responsable_precise', 'REQUIRED'],
    ['a person', { responsable: 'Zoé Martin' }, 'responsable', 'NOT_ALLOWED'],
  ])('%s is told', async (_case, cells: Record<string, string>, column, code) => {
    const values = ACTION.split(';');
    for (const [name, value] of Object.entries(cells)) values[ACTIONS.split(';').indexOf(name)] = value;
    const { problems } = await load(actions, [ACTIONS, values.join(';')]);
    expect(problems).toMatchObject([{ code, samples: [{ line: 2, column }] }]);
    expect(JSON.stringify(problems)).not.toContain('zoe@');
  });
});

/** What a file says of something first, and what somebody then writes of it in the hub. */
const KINDS = [
  {
    feed: selfDiagnoses,
    table: 'self_diagnosis',
    lines: [
      'identifiant;reseau;code_sp_structure;fait_le;engagement;note;publie',
      'DIAG-W;NET-caf;caf-62;2026-01-01;E4;50;oui',
    ],
    save: 'saveSelfDiagnosis',
    id: 'DIAG-W',
    field: 'selfDiagnosis',
    content: { madeOn: '2026-01-02', findings: [] },
  },
  {
    feed: actionPlans,
    table: 'action_plan',
    lines: [
      'identifiant;reseau;code_sp_structure;titre;etat;publie',
      'PLAN-W;NET-caf;caf-62;Du fichier;proposé;oui',
    ],
    save: 'saveActionPlan',
    id: 'PLAN-W',
    field: 'actionPlan',
    content: { title: 'Du hub' },
  },
  {
    feed: actions,
    table: 'action',
    lines: [ACTIONS, ACTION.replace('ACT-1', 'ACT-W')],
    save: 'saveAction',
    id: 'ACT-W',
    field: 'action',
    content: { title: 'Du hub', ownerRole: 'HR_LEAD' },
  },
  {
    feed: gaps,
    table: 'gap',
    lines: [
      'identifiant;reseau;code_sp_structure;constate_le;engagement;gravite;publie',
      'GAP-W;NET-caf;caf-62;2026-01-01;E4;mineur;oui',
    ],
    save: 'saveGap',
    id: 'GAP-W',
    field: 'gap',
    content: { observedOn: '2026-01-02', severity: 'MAJOR', commitment: 'COMMITMENT-E4' },
  },
  {
    feed: impacts,
    table: 'impact',
    lines: [
      'identifiant;reseau;code_sp_structure;titre;publie_le;publie',
      'IMPACT-W;NET-caf;caf-62;Du fichier;2026-01-01;oui',
    ],
    save: 'saveImpact',
    id: 'IMPACT-W',
    field: 'impact',
    content: { title: 'Du hub' },
  },
];

test.each(KINDS)(
  '$feed.name: a file leaves alone what was written in the hub after it, unless it is told to replace it',
  async ({ feed, table, lines: [header = '', line = ''], save, id, field, content }) => {
    const first = await load(feed, [header, line]);
    const all = () => stored<{ fact: object }>(table, id, `to_jsonb(${table}) - 'version' as fact`);
    const fromFile = await all();
    const { version } = await stored<{ version: number }>(table, id, 'version');
    const type = `${save.replace('save', 'Save')}Input`;
    expect(outcomeOf(await write(HQ, save, type, { id, version, ...content }, `${field} { id }`))).toBe(
      'done',
    );
    const fromHub = await all();
    expect(fromHub).toMatchObject({ fact: { import_id: null, import_row: null, published: true } });
    const again = await load(feed, [`${header};autre`, `${line};`]);
    expect(again.problems).toMatchObject([{ code: 'WRITTEN_IN_THE_HUB', severity: 'QUARANTINED', count: 1 }]);
    expect(await all()).toEqual(fromHub);
    await expect(undo(first.importId)).rejects.toThrow('was written in the hub since this import');
    expect(await all()).toEqual(fromHub);
    const told = await load(feed, [`${header};encore`, `${line};`], { written: 'replace' });
    expect(told.merge).toMatchObject({ updated: 1 });
    expect(await all()).toEqual({ fact: { ...fromFile.fact, import_id: told.importId } });
    await undo(told.importId);
    expect(await all()).toEqual(fromHub);
  },
);

test('what the hub made below a plan keeps the import of the plan from being undone', async () => {
  const report = await load(actionPlans, [
    'identifiant;reseau;code_sp_structure;titre;etat',
    'PLAN-P;NET-caf;caf-62;Un plan;proposé',
  ]);
  const input = { plan: 'PLAN-P', title: 'Une action', ownerRole: 'SITE_MANAGER' };
  expect(outcomeOf(await write(HQ, 'saveAction', 'SaveActionInput', input, 'action { id }'))).toBe('done');
  await expect(undo(report.importId)).rejects.toThrow('later data refers to rows that this import created');
  await sql`delete from improvement.action where plan_id = 'PLAN-P'`.execute(owner);
  await undo(report.importId);
});
