import { FAULT_CODES, FAULTS } from './faults.js';
import type { Acts, FaultCode } from './faults.js';

/** How a question ends that met a fault: answered, silent, or answered with something only a person can settle. */
export type End = 'answered' | 'unanswered' | 'with_person' | 'either_way';

/** What One Door does about a fault; `test/department-faults.test.ts` holds it to this. */
export interface Guide {
  does: string;
  /** Audit event of the case; null where nothing may be written because nobody proved who they are. */
  audit: string | null;
  /** Kind of the task that a person gets because of it. */
  task: string | null;
  ends: End;
}

/** Where each fault is tried, by its code: on the wire, and in the whole house. */
export const FAULT_TESTS: Readonly<Record<Acts, { wire: string; house: string }>> = {
  taking: {
    wire: 'src/departments/simulator/taking-faults.test.ts',
    house: 'test/department-faults.test.ts',
  },
  answering: {
    wire: 'src/departments/simulator/answering-faults.test.ts',
    house: 'test/department-faults.test.ts',
  },
  polling: { wire: 'src/departments/simulator/collecting-faults.test.ts', house: 'test/wires.long.test.ts' },
  batch: { wire: 'src/departments/simulator/collecting-faults.test.ts', house: 'test/wires.long.test.ts' },
  reporting: {
    wire: 'src/departments/simulator/platform-faults.test.ts',
    house: 'test/platform.long.test.ts',
  },
};

const again = (does: string): Guide => ({ does, audit: 'lookup_failed', task: null, ends: 'answered' });
const answered = (does: string): Guide => ({
  does,
  audit: 'answer:department_answer',
  task: null,
  ends: 'answered',
});
const silent = (does: string, audit: string | null): Guide => ({
  does,
  audit,
  task: 'unanswered',
  ends: 'unanswered',
});
const unusable = (does: string): Guide => ({
  does: `${does} Kept, adopted nowhere, and a person is told.`,
  audit: 'answer_kept',
  task: 'answer_unusable',
  ends: 'unanswered',
});
const forged = (why: string): Guide => silent(`401 \`signature_invalid\`: ${why}`, null);

export const FAULT_GUIDE: Readonly<Record<FaultCode, Guide>> = {
  slow_response: again('Waits for ten seconds, not longer; then it is as if no response had come.'),
  no_response: again('Gives up after ten seconds.'),
  executes_and_times_out: again(
    'Cannot know that the question arrived; asking again is the same question, and is answered once.',
  ),
  connection_reset: again('Half of a 202 is no 202.'),
  too_many_requests: again('Waits as long as `Retry-After` says before it asks again.'),
  server_error: again('Takes no 5xx for an answer.'),
  bad_gateway: again('Takes no 5xx for an answer.'),
  unavailable: again('Takes no 5xx for an answer.'),
  ok_with_error_body: again('200 is not 202; what it says is not read.'),
  ok_with_html: again('200 is not 202; what it says is not read.'),
  large_response: again('Reads 16 KiB and hangs up.'),
  gzip_bomb_response: again('Counts bytes after unpacking: reads 16 KiB and hangs up.'),
  truncated_json: silent(
    'Stored as it came, encrypted; it names no question, so it belongs to no case until somebody looks: one `answer_unmatched` task a day and source for the operator.',
    'answer_unmatched',
  ),
  gbk_as_utf8: unusable(
    'Bytes that are not UTF-8 are not guessed at: `unreadable`. (Where they break the JSON around them: as `truncated_json`.)',
  ),
  large_callback: silent('413 `body_too_large`: more than 64 KiB is not read; logged and counted.', null),
  gzip_bomb_callback: silent(
    'Nothing is unpacked at the door: the packed bytes are stored, name no question (as `truncated_json`), and stay packed.',
    'answer_unmatched',
  ),
  doubled_five_times: answered('One row and one reading for one webhook id; the other four hear 200.'),
  before_acceptance: answered('Reads it: the question is on record before it leaves the house.'),
  after_thirty_days: {
    does: 'Silence was written down when the time was over, and stays. The late answer is kept, and a person reads it.',
    audit: 'answer_kept',
    task: 'late_answer',
    ends: 'unanswered',
  },
  out_of_order: answered('Each answer names its question; the order they come in changes nothing.'),
  for_another_case: unusable(
    'Filed under the case whose question it names, where it is about somebody else: `wrong_person`. The question it should have answered stays open.',
  ),
  for_unknown_id: silent(
    'Stored, encrypted, under no case, for the operator (as `truncated_json`).',
    'answer_unmatched',
  ),
  wrong_key: forged('the key is nobody’s.'),
  expired_timestamp: forged('a signature is good for five minutes of real time.'),
  old_key: forged('a key that was retired is nobody’s. (While two keys rotate, both are good.)'),
  another_departments_key: forged('a department speaks for itself only.'),
  namesake: unusable('ID number and name must both agree: `wrong_person`.'),
  person_not_found: unusable('Not knowing a person is not “nothing found”: `unreadable`.'),
  wan_for_yuan: {
    does: 'Differs from the declaration, and no rule chooses: a person asks both. (Above ten thousand million yuan it is `unreadable`.)',
    audit: 'answer:department_answer',
    task: 'contradiction',
    ends: 'with_person',
  },
  negative_amount: unusable('No amount is negative: `unreadable`.'),
  year_1900: unusable('No month lies before 1950: `unreadable`.'),
  contradictory_answers: {
    does: 'What was stated last holds; of two of one moment always the same one, whichever came first. A person is told that there are two.',
    audit: 'answer_received',
    task: 'answer_corrected',
    ends: 'either_way',
  },
  later_correction: {
    does: 'The first, wrong answer differs from the declaration. The correction takes its place: the report gets its next version, opinions on the first are stale, and a person is told.',
    audit: 'answer:department_answer',
    task: 'answer_corrected',
    ends: 'answered',
  },
  silence: silent('Waits.', 'due:verification_answer'),
  silence_about_one: silent(
    'Waits for that one; everybody else’s answers are read.',
    'due:verification_answer',
  ),
  ready_after_polls: answered('Comes again: after 2 seconds, 30, five minutes, and so on to once a day.'),
  rows_repeated: answered(
    'What a row says is known by its content: the second time, in whichever file, it is counted and adds nothing.',
  ),
  rows_missing: silent(
    'A missing row is silence about one, whatever else the file says.',
    'due:verification_answer',
  ),
  row_unable: silent(
    'Not being able to tell is no answer, and not “nothing found”: the row is counted with its file, and the question stays open.',
    'due:verification_answer',
  ),
  file_half_written: answered(
    'A file without its trailer is half-written: its whole answers count, and it is fetched again until it is whole.',
  ),
  file_missing: silent(
    'Comes for it again and again, up to once an hour; it is silence.',
    'due:verification_answer',
  ),
  section_missing: silent(
    'Waits for the one that is missing; the others are read. Not a word about a source is not “nothing found”.',
    'due:verification_answer',
  ),
  section_about_another: {
    does: 'That section is `wrong_person`: kept, adopted nowhere, and a person is told. The others are read.',
    audit: 'answer:department_answer',
    task: 'answer_unusable',
    ends: 'unanswered',
  },
  section_not_asked: {
    does: 'The section belongs to no question: it is kept with the report, and a person is told. The others are read.',
    audit: 'answer:department_answer',
    task: 'answer_unusable',
    ends: 'answered',
  },
  section_against_source: {
    does: 'Both speak for the source: what was stated last holds, and a person is told that there are two.',
    audit: 'answer:department_answer',
    task: 'answer_corrected',
    ends: 'either_way',
  },
  partial_report: answered(
    '“Not reached” leaves the question open (`not_answered`); the complete report answers it, and what both say counts once.',
  ),
};

const ENDS: Readonly<Record<End, string>> = {
  answered: 'answered',
  unanswered: 'unanswered; a person adopts other proof',
  with_person: 'answered; a person decides',
  either_way: 'answered with what was stated last; a person looks',
};
const TITLES: Readonly<Record<Acts, string>> = {
  taking: 'When the question is taken',
  answering: 'When it is answered',
  polling: 'When the answer is come for',
  batch: 'When the answers are in a file',
  reporting: 'When a platform reports',
};
const code = (text: string | null): string => (text === null ? '–' : `\`${text}\``);

function section(acts: Acts, preface: string): string {
  const rows = FAULT_CODES.filter((fault) => FAULTS[fault].acts === acts).map((fault) => {
    const { zh, en } = FAULTS[fault];
    const { does, audit, task, ends } = FAULT_GUIDE[fault];
    return `| \`${fault}\` | ${zh} – ${en} | ${does} | ${code(audit)} | ${code(task)} | ${ENDS[ends]} | [\`${fault}\`](../${FAULT_TESTS[acts].house}) |`;
  });
  return [
    `## ${TITLES[acts]}`,
    '',
    preface,
    '',
    '| fault | the department | One Door | audit event | task | the question ends | test |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const TAKING = `Only 202 means that a question was taken. Whatever else happens, the failed attempt is written down with its reason, and the
question is asked again under the same request id: after 1, 5 and 25 seconds, then hourly for two days, then daily, until
the time to answer is over. Then it is as if the department had stayed silent.`;

const ANSWERING = `A callback whose signature is good is stored as it came, encrypted, before anybody reads it. Without a good signature nothing
is read and nothing is stored, and no case has an event: nobody has said whose it was. Whatever leaves a question open ends,
like silence, with the event \`due:verification_answer\` and the task \`unanswered\`.`;

const POLLING = `A source whose wire is \`polling\` takes questions like others, and the house comes for the answers. What it
signed is stored like a callback, and every fault above can befall it too: *silence* is an answer that is never ready, and what is
signed with a wrong key is logged, counted in the case as a failed attempt (\`lookup_failed\`), and not stored. It is asked until
it has answered and not after: what it corrects later is heard when a person has the question looked at again.`;

const BATCH = `A source whose wire is \`batch\` is asked in files and answers in files. A file is stored as it came before it is read;
each whole answer in it becomes one like those of callbacks, and the event \`answer_file_read\` says how many rows came to what.
The faults above befall its rows one by one, and those of signatures a whole file.`;
const REPORTING = `A platform that is asked in the departments’ place can do all of the above, with every section of its report, and
these besides. Each befalls the first source of the report.`;

/** `docs/department-faults.md`, whole. */
export const faultGuidePage = (): string => `# What departments do wrong, and what One Door does about it

<!-- Generated from src/departments/simulator/fault-guide.ts; its test says how. Do not edit. -->

A simulated department or platform (\`onedoor serve departments\`, also part of \`onedoor start\`) can be given each of these: on its page
(\`GET /\` at its address), by \`PUT /departments/{source}/profile\`, or in the file of \`--profile\`
(\`schemas/department-profile.json\`):

\`\`\`json
{ "bank": { "kind": "prompt", "faults": { "namesake": 0.1, "unavailable": 0.2 } } }
\`\`\`

The number is the share of questions that a fault befalls; the rest are answered as \`kind\` says. Which questions these
are depends on the seed, the source and the person, not on the order in which they come: the same seed gives the same
run. A fault of taking spoils the first one to three attempts at a question, all of them with \`"lasting": true\`.

Nobody becomes poorer by any of them. A rule adopts only what declaration and answer agree on; what differs is a question to
a named person, and so is whatever stays *unanswered* when the time to answer is over. That is never “nothing found”.

Each code is the name of two tests. The simulator’s ([taking](../${FAULT_TESTS.taking.wire}),
[answering](../${FAULT_TESTS.answering.wire}), [the other wires](../${FAULT_TESTS.batch.wire}),
[reporting](../${FAULT_TESTS.reporting.wire})) sees the fault on the wire; the house’s, linked in
the last column, sees what came of it after two months.

${section('taking', TAKING)}

${section('answering', ANSWERING)}

${section('polling', POLLING)}

${section('batch', BATCH)}

${section('reporting', REPORTING)}
`;
