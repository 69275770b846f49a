import { expect, test } from 'vitest';
import { askIndicators, on } from '../fixtures/ask.ts';

const ask = await askIndicators();

test('the latest score of an online procedure, that of a period, none', async () => {
  const id = 'PROC-caf-aide-au-logement';
  const fields = `latest: onlineQuality { period value network { id } indicator { id } territory { id } seriesBreak { kind } }
    before: onlineQuality(period: "2023") { value } never: onlineQuality(period: "2019") { value }`;
  const { data, errors } = await ask(on('Procedure', id, fields));
  expect(errors).toBeUndefined();
  expect(data._entities[0]).toEqual({
    latest: {
      period: '2024',
      value: 64,
      network: { id: 'NET-caf' },
      indicator: { id: 'IND-QUALITE_DEMARCHES' },
      territory: null,
      seriesBreak: null,
    },
    before: { value: 62.5 },
    never: null,
  });
  expect((await ask(on('Procedure', 'PROC-none', 'onlineQuality { value }'))).data._entities[0]).toEqual({
    onlineQuality: null,
  });
});

test('a score of a procedure is no figure of a territory', async () => {
  const { data } = await ask(
    on('Network', 'NET-caf', 'figure(indicator: "IND-QUALITE_DEMARCHES") { value }'),
  );
  expect(data._entities[0].figure).toBeNull();
});
