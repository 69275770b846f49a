import { readFileSync } from 'node:fs';
import { importText } from '../../subgraphs/indicators/fixtures/import-text.ts';
import { barometre } from '../../subgraphs/indicators/import/barometre.merge.ts';
import { networkResults } from '../../subgraphs/indicators/import/network-results.merge.ts';
import type { TestDatabase } from '../kit/database.ts';

const LEVELS = ['national', 'regional', 'departemental'];

/** Publishes the State's barometer: figures of all services together, which the national set has none of. */
export async function publishBarometer({ url }: TestDatabase): Promise<void> {
  for (const level of LEVELS) {
    const file = new URL(`../../data/barometre/barometre-qualite-service-${level}.csv`, import.meta.url);
    const { state } = await importText(url, barometre, readFileSync(file, 'utf8'));
    if (state !== 'PUBLISHED') throw new Error(`the barometer is ${state}`);
  }
}

/**
 * Scores of online procedures, of which the first of each network is in the directory: on both sides of eight of ten, or
 * of few answers. 2022 has a share of its own, made of what the units of the network published.
 */
const SCORES = `reseau;demarche;indicateur;periode;valeur;numerateur;denominateur;repondants
caf;PROC-caf-aide-au-logement;SCORE_DEMARCHE;2021-T1;;640;80;80
caf;PROC-caf-2;SCORE_DEMARCHE;2021-T1;;639,99;80;80
caf;PROC-caf-3;SCORE_DEMARCHE;2021-T1;;1000;100;100
caf;PROC-caf-4;SCORE_DEMARCHE;2021-T1;;90;10;10
caf;PROC-caf-aide-au-logement;SCORE_DEMARCHE;2021-T2;;50;7;7
caf;PROC-caf-2;SCORE_DEMARCHE;2021-T2;8,4;;;
caf;PROC-caf-aide-au-logement;SCORE_DEMARCHE;2022;7,25;;;
urssaf;PROC-urssaf-cesu;SCORE_DEMARCHE;2021-T3;;70;90;
urssaf;PROC-urssaf-2;SCORE_DEMARCHE;2021-T3;8;;;
urssaf;PROC-urssaf-3;SCORE_DEMARCHE;2021-T3;7,9;;;
carsat;PROC-carsat-minimum-contributif;SCORE_DEMARCHE;2021-T3;;30;4;4`;

/** Publishes scores of online procedures, which the national set has none of. */
export async function publishScores({ url }: TestDatabase): Promise<void> {
  const report = await importText(url, networkResults, SCORES);
  if (report.state !== 'PUBLISHED' || report.problems.length > 0) throw new Error(JSON.stringify(report));
}
