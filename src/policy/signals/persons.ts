import { dateAt, monthOf, type AccessMark, type SignalKind } from '../../terms/index.js';
import { isQuestion, windowMs, type Access, type Pattern, type Signal } from './access.js';

const OF_OFFICE: readonly AccessMark[] = [
  'own_relative',
  'colleague',
  'relative_of_colleague',
  'name_of_colleague',
];
const OF_NAME: readonly AccessMark[] = ['same_name', 'same_surname_and_village'];

/** A file of a colleague's relative is work for whoever has to do with it; a question about one, and one's own, is told. */
const counts = (access: Access): boolean =>
  isQuestion(access) || access.marks.includes('own_relative') || !(access.acted || access.tasked);

/** One signal for a person (or file) and month, however often they were looked up. */
const about =
  (kind: SignalKind, marks: readonly AccessMark[]): Pattern =>
  (accesses) =>
    accesses.filter(counts).flatMap((access): Signal[] => {
      const mark = marks.find((each) => access.marks.includes(each));
      const whom = access.personId ?? access.caseNo;
      if (!mark || !whom) return [];
      const params = {
        mark,
        access: access.kind,
        ...(access.caseNo && { caseNo: access.caseNo }),
        ...(access.personId && { personId: access.personId }),
      };
      const key = `${whom} ${monthOf(dateAt(access.at))}`;
      return [{ kind, key, from: access.at, to: access.at, params }];
    });

/** Whoever was looked up works here, or is named in the roster of near relatives. */
export const colleague = about('colleague', OF_OFFICE);
/** Whoever was looked up is called like whoever looked, or shares surname and village with them. */
export const namesake = about('namesake', OF_NAME);

/** Persons one after the other about whom nothing may be asked. */
export const noGround: Pattern = (accesses, { rule }) => {
  let row: Access[] = [];
  return accesses.filter(isQuestion).flatMap((access): Signal[] => {
    if (access.kind === 'question_left') row = [];
    if (access.kind !== 'question_without_ground') return [];
    row = [...row.filter(({ at }) => at >= access.at - windowMs(rule)), access];
    const persons = new Set(row.map(({ personId }) => personId)).size;
    if (persons < rule.personsWithoutGround) return [];
    const from = row[0]?.at ?? access.at;
    return [{ kind: 'no_ground', key: dateAt(access.at), from, to: access.at, params: { persons } }];
  });
};
