import type { FactKind } from '../fact/sources.ts';
import type { ApplicationRow } from '../governance/tables.ts';

/** Labels as those see them who work on them: applied for, under review, awarded, refused or withdrawn. */
export const APPLICATIONS: FactKind<ApplicationRow> = {
  table: 'label',
  columns: [
    'state',
    'wanted_level',
    'applied_on',
    'reason',
    'level',
    'granted_on',
    'expires_on',
    'withdrawn_on',
  ],
  day: 'applied_on',
  read: 'working',
  prefix: 'LABEL',
  noun: 'label',
  audited: ['state', 'wanted_level', 'applied_on', 'level', 'granted_on', 'expires_on', 'withdrawn_on'],
};
