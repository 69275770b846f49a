import { expect, test } from 'vitest';
import { placeKind, proofId, proofOf } from './proof.ts';

test.each([
  { commitment: 'COMMITMENT-E4', network: 'NET-caf', place: 'DEP-62' },
  { commitment: 'COMMITMENT-2021-4', network: null, place: 'FR' },
  { commitment: 'COMMITMENT-E1', network: 'NET-caf', place: 'STR-DEMO-caf-62' },
  { commitment: 'COMMITMENT-E1', network: 'NET-caf', place: 'SITE-528ec072-1427-5e8a-b747-131251cdaea3' },
])('the id of a line leads back to it: %o', (key) => {
  expect(proofOf(proofId(key))).toEqual(key);
});

test.each([
  'PROOF-',
  'PROOF-COMMITMENT-E4',
  'PROOF-COMMITMENT-E4~NET-caf',
  'PROOF-COMMITMENT-E4~NET-caf~',
  'PROOF-COMMITMENT-E4~NET-caf~DEP-62~more',
  'PROOF-COMMITMENT-E4~DEP-62~NET-caf',
  'PROOF-NET-caf~NET-caf~FR',
  'COMMITMENT-E4~NET-caf~FR',
  'PROOF-COMMITMENT-E4~NET-caf~TEM-1',
])('%s is no line', (id) => {
  expect(proofOf(id)).toBeNull();
});

test('a place is a territory, a structure or a site', () => {
  expect(['FR', 'COM-62080', 'STR-1', 'SITE-1', 'NET-caf', ''].map(placeKind)).toEqual([
    'TERRITORY',
    'TERRITORY',
    'STRUCTURE',
    'SITE',
    null,
    null,
  ]);
});
