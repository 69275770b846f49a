import type { Agent } from '../../../kernel/postgres/agent.ts';
import { textOf } from '../input.ts';
import type { IndicatorsTables } from '../tables.ts';
import { waitingOf } from './intake.query.ts';

/** Answers that wait, as the viewer may know of them: a network that is unknown and another's are nothing alike. */
export const intakeReader = (agent: Agent<IndicatorsTables>) => (network: string) =>
  waitingOf(agent, textOf(network, 'network'));
