import { expect, it } from 'vitest';
import { household } from './cases.js';

it('makes households whose people nobody else is', () => {
  const numbers = Array.from({ length: 1_000 }, (_, nth) => household(nth)).flatMap(({ members }) =>
    members.map((each) => each.idNumber),
  );
  expect(new Set(numbers).size).toBe(2_000);
  expect(numbers[0]).toMatch(/^441625\d{11}[\dX]$/);
});

it('has consents and facts of its own people only', () => {
  const { members, consents, declared } = household(3);
  const refs = members.map(({ ref }) => ref);
  expect(consents.map(({ person }) => person)).toEqual(refs);
  for (const fact of declared) expect(refs).toContain(fact.member);
});
