import { describe, expect, it } from 'vitest';
import { CryptoError } from '../casefile/crypto/crypto-error.js';
import { DomainError } from '../terms/index.js';
import { defectOf, isCasefileAway } from './passing-trouble.js';

const withCode = (code: string | number, details?: object): Error =>
  Object.assign(new Error('x'), { code, ...details });
const grpc = (code: number): Error => withCode(code, { details: '', metadata: {} });
const wrapped = (cause: Error): Error => new Error('around it', { cause });

describe('what may pass is no defect of the message', () => {
  it.each<[string, unknown]>([
    ['Postgres is away', withCode('ECONNREFUSED')],
    ['Postgres is shutting down', withCode('57P01')],
    ['a deadlock', wrapped(withCode('40P01'))],
    ['Temporal is away', grpc(14)],
    ['Temporal took too long', wrapped(grpc(4))],
    ['Temporal does not know the namespace', grpc(5)],
    ['a refusal that says to try again', new DomainError('dependency_unavailable')],
    ['nobody knows what', new Error('Failed to connect before the deadline')],
    ['no error at all', 'gone'],
  ])('%s', (_, error) => expect(defectOf(error)).toBeNull());
});

describe('what is certainly a defect has a code', () => {
  it.each<[unknown, string]>([
    [new DomainError('not_found'), 'not_found'],
    [wrapped(new CryptoError('ciphertext_damaged', 'key')), 'ciphertext_damaged'],
    [grpc(3), 'grpc_3'],
    [wrapped(withCode('22P02')), 'sql_22P02'],
    [new TypeError('x'), 'TypeError'],
  ])('%o: %s', (error, code) => expect(defectOf(error)).toBe(code));
});

it('an activity tries for ever only while the case file is away', () => {
  expect(isCasefileAway(wrapped(withCode('08006')))).toBe(true);
  expect(isCasefileAway(withCode('23505'))).toBe(false);
  expect(isCasefileAway(grpc(14))).toBe(false);
});
