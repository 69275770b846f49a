import { describe, expect, test } from 'vitest';
import { HubError } from '../../kernel/errors.ts';
import { ANONYMOUS, VIEWER_ROLES, type Viewer } from '../../kernel/viewer.ts';
import { CostMeter, limitFor } from './meter.ts';

const LIMITS = { public: 100, internal: 500, perMinute: 1000 };
const ANALYST: Viewer = { ...ANONYMOUS, role: 'ANALYST', subject: 'key:a' };
const anybody = (id = 'address:1') => ({ id, viewer: ANONYMOUS });

/** A meter whose clock the test moves, in milliseconds. */
function metered() {
  let clock = 0;
  return {
    meter: new CostMeter(LIMITS, () => clock),
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

function refusal(work: () => unknown): HubError {
  try {
    work();
  } catch (error) {
    if (error instanceof HubError) return error;
  }
  throw new Error('It was not refused.');
}

describe('one operation', () => {
  test.each(VIEWER_ROLES)('the limit of %s', (role) => {
    expect(limitFor({ ...ANONYMOUS, role }, LIMITS)).toBe(role === 'PUBLIC' ? 100 : 500);
  });

  test('at the limit runs, and tells what is left', () => {
    const { meter } = metered();
    expect(meter.charge(anybody(), 100)).toEqual({ estimate: 100, limit: 100, remaining: 900 });
    expect(meter.charge({ id: 'key:a', viewer: ANALYST }, 101)).toEqual({
      estimate: 101,
      limit: 500,
      remaining: 899,
    });
  });

  test('over the limit is refused with the estimate, the limit and what to do, and costs nothing', () => {
    const { meter } = metered();
    const error = refusal(() => meter.charge(anybody(), 101));
    expect(error.extensions).toEqual({
      code: 'COST_LIMIT',
      estimate: 101,
      limit: 100,
      http: { status: 400 },
    });
    expect(error.message).toMatch(/101.*100.*"first".*levels/);
    expect(meter.charge(anybody(), 0).remaining).toBe(1000);
  });
});

describe('a budget', () => {
  test('is spent, and says when there is enough again', () => {
    const { meter, pass } = metered();
    for (let count = 0; count < 10; count++) meter.charge(anybody(), 100);
    const error = refusal(() => meter.charge(anybody(), 50));
    expect(error.extensions).toEqual({
      code: 'RATE_LIMITED',
      estimate: 50,
      remaining: 0,
      retryAfter: 3,
      http: { status: 429, headers: { 'retry-after': '3' } },
    });
    pass(2_900);
    refusal(() => meter.charge(anybody(), 50));
    pass(100);
    expect(meter.charge(anybody(), 50).remaining).toBe(0);
  });

  test('refills in a minute, never above the whole', () => {
    const { meter, pass } = metered();
    for (let count = 0; count < 10; count++) meter.charge(anybody(), 100);
    pass(60_000);
    expect(meter.charge(anybody(), 0).remaining).toBe(1000);
    pass(600_000);
    expect(meter.charge(anybody(), 0).remaining).toBe(1000);
  });

  test('is each caller’s own', () => {
    const { meter } = metered();
    for (let count = 0; count < 10; count++) meter.charge(anybody('address:1'), 100);
    expect(meter.charge(anybody('address:2'), 100).remaining).toBe(900);
    refusal(() => meter.charge(anybody('address:1'), 1));
  });

  test('is at least one operation at the limit', () => {
    const meter = new CostMeter({ ...LIMITS, perMinute: 1 }, () => 0);
    expect(meter.charge(anybody(), 100).remaining).toBe(0);
    refusal(() => meter.charge(anybody(), 1));
  });

  test('is not kept where there is none', () => {
    const meter = new CostMeter({ ...LIMITS, perMinute: 0 }, () => 0);
    for (let count = 0; count < 100; count++) expect(meter.charge(anybody(), 100).remaining).toBeNull();
    expect(refusal(() => meter.charge(anybody(), 101)).code).toBe('COST_LIMIT');
    expect(meter.size).toBe(0);
  });

  test('callers that come and go take no more memory; who stays is remembered', () => {
    const { meter } = metered();
    meter.charge(anybody('stays'), 100);
    for (let count = 0; count < 25_000; count++) {
      meter.charge(anybody(`address:${count}`), 1);
      if (count % 5000 === 0) meter.charge(anybody('stays'), 0);
    }
    expect(meter.size).toBe(10_000);
    expect(meter.charge(anybody('stays'), 0).remaining).toBe(900);
    expect(meter.charge(anybody('address:1'), 0).remaining).toBe(1000);
  });
});
