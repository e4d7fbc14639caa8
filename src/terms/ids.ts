import type { Brand } from './brand.js';
import { DomainError } from './errors.js';

/** `AP-441625103-2026-00001`: procedure, accepting township (9 digits), year, number within township and year. */
export type CaseNo = Brand<string, 'CaseNo'>;
/** Six digits (county), nine (township) or twelve (village), GB/T 2260, GB/T 10114 and statistical codes. */
export type DivisionCode = Brand<string, 'DivisionCode'>;
/** Eighteen characters, GB 11643. Only ever in memory: stored encrypted. */
export type IdNumber = Brand<string, 'IdNumber'>;
/** A UUID v7 that the server made. */
export type Id = Brand<string, 'Id'>;
export type StaffId = Brand<string, 'StaffId'>;
export type WorkingDays = Brand<number, 'WorkingDays'>;

const CASE_NO = /^AP-\d{9}-\d{4}-\d{5}$/;
export const isCaseNo = (text: string): text is CaseNo => CASE_NO.test(text);
export function caseNo(text: string): CaseNo {
  if (!isCaseNo(text)) throw new DomainError('case_not_found');
  return text as CaseNo;
}
export function divisionCode(text: string): DivisionCode {
  if (!/^\d{2}(\d{4}(\d{3}(\d{3})?)?)?$/.test(text)) throw new DomainError('division_unknown');
  return text as DivisionCode;
}
export const workingDays = (n: number): WorkingDays => n as WorkingDays;
/** The id of the workflow that keeps a case in order. Never holds anything a client chose. */
export const workflowId = (procedure: 'application', record: CaseNo): string => `${procedure}/${record}`;
