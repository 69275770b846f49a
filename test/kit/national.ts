import { loadNational } from '../../cli/demo/national/load.ts';
import { scaleOf } from '../../cli/demo/national/scale.ts';
import { prepareDatabase } from '../../cli/prepare.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { realGeography } from './real-directory.ts';

const silent = () => undefined;

/** As small as a country can be with every département and network: two years, among them a change of definition. */
export const SMALL_NATION = { ...scaleOf(250, 2), years: [2021, 2022], testimonies: 2000, reports: 400 };

/** The generated national set in small, on the real geography and no real site; shared by the files of a run. */
export const nationalDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    template: 'national',
    build: async (url) => {
      await realGeography.build(url);
      await prepareDatabase(url, silent);
      await loadNational(url, SMALL_NATION, silent);
    },
  });
