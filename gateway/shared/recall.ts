import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../../kernel/errors.ts';
import { payerOf, viewerOf } from '../callers.ts';
import { costHeaders, type HubContext } from '../context.ts';
import type { Admission } from '../limits/admission.ts';
import type { KeptAnswer, Recalled, SharedAnswers } from './answers.ts';

/** Finds the answers to requests that came before, byte for byte, without reading them. */
export interface Recall {
  /**
   * The answer that is kept for a request, if it may be given to this caller: fresh, and paid for like any other. Where
   * it may not the request goes the whole way, and is refused there if it is to be.
   */
  answer(
    request: FastifyRequest,
    reply: FastifyReply,
    spelling: string,
  ): Recalled | undefined | Promise<Recalled | undefined>;
  /** Keeps the answer of an execution, if it may be kept, and remembers the request for it. */
  keep(
    request: FastifyRequest,
    spelling: string,
    executed: { status: number; text: string; shared: HubContext['shared'] },
    headers: Readonly<Record<string, string>>,
  ): KeptAnswer | undefined;
}

/** Longer texts are remembered by their hash, in characters. */
const LONGEST = 200;

/** What a request is remembered by: all that its answer depends on beside the role of the caller. */
export function spellingOf(...parts: readonly (string | undefined)[]): string {
  const text = parts.join('\n');
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('base64url');
}

export function recaller(answers: SharedAnswers, admission: Admission): Recall {
  const paid = (request: FastifyRequest, reply: FastifyReply, recalled: Recalled | undefined) => {
    if (!recalled) return undefined;
    const spent: HubContext['spent'] = {};
    try {
      const hub = { viewer: viewerOf(request), caller: payerOf(request), spent };
      admission.charge(hub, () => recalled.answer.estimate);
    } catch (error) {
      if (error instanceof HubError) return undefined;
      throw error;
    }
    for (const [name, value] of costHeaders(spent)) reply.header(name, value);
    return recalled;
  };
  return {
    answer: (request, reply, spelling) => {
      if (viewerOf(request).role !== 'PUBLIC') return undefined;
      const found = answers.recall(spelling);
      if (found instanceof Promise) return found.then((recalled) => paid(request, reply, recalled));
      return paid(request, reply, found);
    },
    keep: (request, spelling, { status, text, shared }, headers) => {
      if (status !== 200 || viewerOf(request).role !== 'PUBLIC') return undefined;
      const answer = shared.kept ?? (shared.origin && answers.keep(shared.origin, text));
      if (answer) answers.spell(spelling, answer, headers);
      return answer;
    },
  };
}
