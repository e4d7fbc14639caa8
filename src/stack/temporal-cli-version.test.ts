import { describe, expect, test } from 'vitest';
import { isNewEnough, parseCliVersion } from './temporal-cli-version.js';

describe('parseCliVersion', () => {
  test.each([
    ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', { cli: '1.9.1', server: '1.32.0' }],
    ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)\n', { cli: '1.5.1', server: '1.29.1' }],
    [
      'temporal version 1.10.0-rc.1 (Server 1.33.0-152.4, UI 3)',
      { cli: '1.10.0-rc.1', server: '1.33.0-152.4' },
    ],
    ['temporal version 0.0.0-DEV (Server none)', null],
    ['tctl version 1.18', null],
    ['', null],
  ])('%j', (output, version) => {
    expect(parseCliVersion(output)).toEqual(version);
  });
});

describe('isNewEnough', () => {
  test.each([
    ['1.32.0', true],
    ['1.32.0-155.1', true],
    ['1.100.0', true],
    ['2.0.0', true],
    ['1.31.2', false],
    ['1.4.0', false],
    ['0.99.0', false],
    ['', false],
    ['unknown', false],
  ])('%s: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});
