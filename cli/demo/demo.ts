import { Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../../kernel/config.ts';
import { withDatabase } from '../database.ts';
import { prepareDatabase } from '../prepare.ts';
import { DEMO_YEARS } from './catalogue.ts';
import { diskOf, scaleOf } from './national/scale.ts';

interface Flags {
  scale: 'small' | 'national';
  sites?: number;
  years?: number;
}

/** `hub demo`: adds a demonstration set; the national one brings the real directory that it stands on. */
export function demoCommand(config: Config): Command {
  return new Command('demo')
    .description('Add demonstration data, labelled as such, on the sites of the directory.')
    .addOption(
      new Option(
        '--scale <scale>',
        'small: what npm start loads; national: a country, in a database of its own',
      )
        .choices(['small', 'national'])
        .default('small'),
    )
    .option('--sites <number>', 'national: sites that publish in an ordinary year', whole(100, 200_000))
    .option('--years <number>', 'national: how many years', whole(1, DEMO_YEARS.length))
    .action((flags: Flags, command: Command) => {
      if (flags.scale === 'small' && (flags.sites ?? flags.years) !== undefined) {
        command.error('error: --sites and --years are of --scale national');
      }
      return withDatabase(config, (url) => (flags.scale === 'national' ? national(url, flags) : small(url)));
    });
}

async function small(url: string): Promise<void> {
  const say = (step: string) => console.log(step);
  await prepareDatabase(url, say);
  const { loadDemo } = await import('./load.ts');
  await loadDemo(url, say);
}

/** Says how long each step took, and before anything how much room the whole needs. */
async function national(url: string, { sites, years }: Flags): Promise<void> {
  const began = performance.now();
  const say = (step: string) =>
    console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(6)} s  ${step}`);
  const scale = scaleOf(sites, years);
  const count = (value: number) => value.toLocaleString('en');
  say(
    `About ${count(scale.sites * scale.years.length * 12)} results of ${count(scale.sites)} sites, ${count(scale.testimonies)} testimonies, ${count(scale.reports)} reports: up to ${diskOf(scale)} GB of disk`,
  );
  await prepareDatabase(url, say);
  const { loadBundledData } = await import('../bundled.ts');
  const { loadNational } = await import('./national/load.ts');
  await loadBundledData(url, { demo: false }, say);
  await loadNational(url, scale, say);
  say('The national set is there');
}

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  }
  return value;
};
