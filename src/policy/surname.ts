/** 复姓 that still occur; everybody else of Han name has a surname of one character. */
const COMPOUND = [
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '司徒',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '令狐',
  '慕容',
  '夏侯',
];

/** The surname of a Han name; empty for a name that has none (「·」 parts a given name from the father's). */
export function surnameOf(name: string): string {
  const letters = Array.from(name.normalize('NFC').trim());
  if (letters.includes('·') || !/^\p{Script=Han}+$/u.test(letters.join(''))) return '';
  const two = letters.slice(0, 2).join('');
  return letters.length > 2 && COMPOUND.includes(two) ? two : (letters[0] ?? '');
}
