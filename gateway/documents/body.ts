import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { entityTag } from './caching.ts';
import { type Encoding, encodingFor } from './negotiate.ts';

/** Shorter bodies travel as they are, in bytes. */
const WORTH_COMPRESSING = 2048;

/** Quality 4: more costs much more time for a few percent. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESS: Readonly<Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body) => promisify(gzip)(body),
};

/** The text of an answer, with the forms in which it travels: each is made once, when it is asked for. */
export class Body {
  readonly bytes: Buffer;
  readonly #compressed = new Map<Encoding, Buffer>();
  readonly #tags = new Map<string, string>();
  /** Told the bytes of each form that is added. */
  onGrowth: (bytes: number) => void = () => undefined;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  /** How it travels to who accepts this. */
  encodingFor(accepted: string | undefined): Encoding {
    return this.bytes.length < WORTH_COMPRESSING ? 'identity' : encodingFor(accepted);
  }

  /** Its bytes in an encoding; not a promise once they are made. */
  in(encoding: Encoding): Buffer | Promise<Buffer> {
    if (encoding === 'identity') return this.bytes;
    return this.#compressed.get(encoding) ?? this.#compress(encoding);
  }

  /** The entity tag of one form. */
  tag(mediaType: string, encoding: Encoding): string {
    const form = encoding + mediaType;
    let tag = this.#tags.get(form);
    if (tag === undefined) {
      tag = entityTag(mediaType, this.bytes, encoding);
      this.#tags.set(form, tag);
    }
    return tag;
  }

  async #compress(encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
    const compressed = await COMPRESS[encoding](this.bytes);
    if (!this.#compressed.has(encoding)) {
      this.#compressed.set(encoding, compressed);
      this.onGrowth(compressed.length);
    }
    return compressed;
  }
}
