import type { Config } from '../kernel/config.ts';
import { connect } from '../kernel/postgres/database.ts';
import { type PurgedAnswers, purgeAnswers } from '../subgraphs/indicators/survey/purge.query.ts';

/** The part of `hub privacy purge` that is about answers to surveys. */
export async function purgeOfAnswers({ retention }: Config, databaseUrl: string): Promise<void> {
  const owner = connect<unknown>(databaseUrl, 'indicators', 'owner', { max: 1 });
  try {
    const today = new Date().toISOString().slice(0, 10);
    process.stdout.write(answersText(await purgeAnswers(owner, retention.answers, today)));
  } finally {
    await owner.destroy();
  }
}

/** What a purge of answers did. */
const answersText = ({ erased, left }: PurgedAnswers) =>
  `Erased ${answers(erased)} to surveys of periods that ended long ago; their results stay.\n` +
  (left === 0
    ? ''
    : `${answers(left)} as old left, for some of their question wait: npm run hub -- surveys publish, then purge again.\n`);

const answers = (count: number) => `${count} ${count === 1 ? 'answer' : 'answers'}`;
