import { expect, it } from 'vitest';
import { interleave, ROUNDS } from './interleave.js';

it('runs both sides in turn, another first each time', async () => {
  const ran: string[] = [];
  const side = (name: string) => (round: number) => {
    ran.push(`${name}${round}`);
    return Promise.resolve(round);
  };
  const pairs = await interleave({ ours: side('o'), bare: side('b'), rounds: 3 });
  expect(ran).toEqual(['o0', 'b0', 'b1', 'o1', 'o2', 'b2']);
  expect(pairs.map(({ first }) => first)).toEqual(['ours', 'bare', 'ours']);
});

it('is five rounds at least', () => {
  expect(ROUNDS).toBeGreaterThanOrEqual(5);
});
