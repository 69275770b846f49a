import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../../kernel/errors.ts';
import { ANONYMOUS } from '../../kernel/viewer.ts';
import { requestIdOf } from '../answers.ts';
import { callerOf, type Rates, viewerOf } from '../callers.ts';
import { namesTag } from '../documents/caching.ts';
import { mediaTypeFor } from '../documents/negotiate.ts';
import type { Admission } from '../limits/admission.ts';
import type { Windows } from '../windows.ts';
import type { Form, SharedAnswers } from './answers.ts';
import { spellingOf } from './recall.ts';

/** What both ways of a request share, and what else the lane must know of the host. */
export interface LaneOptions {
  answers: SharedAnswers;
  admission: Admission;
  windows: Windows;
  rates: Rates;
  /** Who is counted for a request without credentials. */
  payerOf: (request: IncomingMessage) => string;
  /** True once the host is told to stop. */
  closing(): boolean;
}

/** Headers that are of one request: the lane writes its own, or the server does. */
const REQUEST_ID = 'x-request-id';
const OF_ONE_REQUEST = new Set([REQUEST_ID, 'content-length', 'connection', 'date']);

/** A request may have a body as far as these say. */
const hasBody = (headers: IncomingHttpHeaders) =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** All that the form of an answer depends on. */
const formOf = ({ accept = '', 'accept-encoding': encodings = '' }: IncomingHttpHeaders) =>
  `${accept}\n${encodings}`;

/**
 * A short way for trusted documents whose answer is kept: `GET /q/<hash>` of anybody, asked before in these words, is
 * answered before the host's framework sees it, with the headers that the long way sent for the same answer. So it has
 * no rules of its own. What it is not certain of, and whatever is to be refused, goes the long way.
 */
export class Lane {
  readonly #options: LaneOptions;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Lets the lane see the requests of a server first. */
  open(server: Server): void {
    const others = server.rawListeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.answer(request, response)) return;
      for (const other of others) other.call(server, request, response);
    });
  }

  /** Answers a request, or leaves it untouched. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request;
    const { answers, admission, windows, rates, payerOf, closing } = this.#options;
    if (method !== 'GET' || !url.startsWith('/q/') || headers.authorization !== undefined) return false;
    const known = answers.spelled(spellingOf(url));
    const form = known?.forms.get(formOf(headers));
    if (!known || !form || hasBody(headers) || closing()) return false;
    const matches = namesTag(headers['if-none-match'], form.tag);
    const told = matches ? form.unchanged : form.whole;
    if (!told || !answers.isFreshNow(known.answer)) return false;
    const payer = payerOf(request);
    const window = rates.address === 0 ? undefined : windows.of(payer);
    if (window && window.current >= rates.address) return false;
    try {
      const hub = { viewer: ANONYMOUS, caller: payer, spent: {} };
      admission.charge(hub, () => known.answer.estimate);
    } catch (error) {
      // Nothing was charged: it is refused the long way.
      if (error instanceof HubError) return false;
      throw error;
    }
    if (window) window.current += 1;
    answers.used(known.answer);
    // The last of what is told is the name of the request; it is written before anybody else's.
    told[told.length - 1] = requestIdOf(headers[REQUEST_ID]);
    response.writeHead(matches ? 304 : 200, told);
    if (matches) response.end();
    else response.end(form.bytes, 'latin1');
    return true;
  }

  /** Learns from what the long way is about to send. */
  learn(request: FastifyRequest, reply: FastifyReply): void {
    const { headers, raw, url } = request;
    if (raw.method !== 'GET' || headers.authorization !== undefined || callerOf(request)) return;
    if (viewerOf(request).role !== 'PUBLIC' || this.#options.closing()) return;
    const { statusCode } = reply;
    if (statusCode !== 200 && statusCode !== 304) return;
    const known = this.#options.answers.spelled(spellingOf(url));
    if (!known) return;
    const { body } = known.answer;
    const encoding = body.encodingFor(headers['accept-encoding']);
    const bytes = body.in(encoding);
    const tag = body.tag(mediaTypeFor(headers.accept), encoding);
    const sent = reply.getHeaders();
    // What was sent is this answer, for everybody; not one that has just taken its place.
    if (sent.etag !== tag || !String(sent['cache-control']).startsWith('public')) return;
    if (!Buffer.isBuffer(bytes)) return;
    const told = Object.entries(sent).flatMap(([name, value]) =>
      OF_ONE_REQUEST.has(name) ? [] : [name, String(value)],
    );
    if (statusCode === 200) told.push('content-length', String(bytes.length));
    told.push(REQUEST_ID, '');
    const form: Form =
      statusCode === 304
        ? { tag, bytes: '', unchanged: told }
        : { tag, bytes: bytes.toString('latin1'), whole: told };
    this.#options.answers.shape(known, formOf(headers), form);
  }
}
