import { expect, it } from 'vitest';
import { surnameOf } from './surname.js';

it.each([
  ['张守田', '张'],
  ['王伟', '王'],
  ['欧阳明', '欧阳'],
  ['欧阳', '欧'],
  [' 李秀英 ', '李'],
  ['𠀾守田', '𠀾'],
  ['买买提·艾力', ''],
  ['clerk', ''],
  ['', ''],
])('%s has the surname "%s"', (name, surname) => {
  expect(surnameOf(name)).toBe(surname);
});
