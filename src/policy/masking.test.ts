import { expect, it } from 'vitest';
import { maskName } from './masking.js';

it.each([
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['欧阳锋白', '欧**'],
  ['买买提·艾力', '买**'],
  ['𠮷田', '𠮷*'],
  ['张', '张*'],
  ['', '*'],
])('%s → %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});
