import { byId, call, cell, element, row, time } from '/parts.js';
import { language, words } from '/words.js';

/** How often the page looks again, in milliseconds. */
const EVERY_MS = 2_000;

function complain(text) {
  const place = byId('trouble');
  place.textContent = text;
  place.hidden = text === '';
}

let faults = {};
const nameOf = (code) => (code === null ? words.noFault : (faults[code]?.[language] ?? code));
const statusItem = (status) =>
  element('span', { class: status !== null && status < 300 ? 'good' : 'bad' }, words.status(status));

/** What the select shows for a profile: a kind, one fault, or that there are several. */
function choiceOf({ kind, faults: rates = {} }) {
  const chosen = Object.entries(rates).filter(([, rate]) => rate > 0);
  if (chosen.length === 0) return { value: kind, rate: 1 };
  return chosen.length === 1 ? { value: chosen[0][0], rate: chosen[0][1] } : { value: 'mixed', rate: 1 };
}

function behaviourForm({ source, name, wire, profile }, kinds) {
  const { value, rate } = choiceOf(profile);
  const option = (code, text) => element('option', { value: code, selected: code === value }, text);
  const group = (label, acts) =>
    element(
      'optgroup',
      { label },
      ...Object.values(faults)
        .filter((fault) => fault.acts === acts)
        .map((fault) => option(fault.code, fault[language])),
    );
  const select = element(
    'select',
    { 'aria-label': words.chooseBehaviour(words.nameOf({ name })) },
    ...(value === 'mixed' ? [element('option', { value, selected: true, disabled: true }, words.mixed)] : []),
    element('optgroup', { label: words.kinds }, ...kinds.map((kind) => option(kind, words.kind[kind]))),
    group(words.takingFaults, 'taking'),
    group(words.answeringFaults, 'answering'),
    ...(words.wireFaults[wire] ? [group(words.wireFaults[wire], wire)] : []),
  );
  const percent = element('input', {
    type: 'number',
    min: '0',
    max: '100',
    step: '1',
    required: true,
    value: String(Math.round(rate * 100)),
  });
  const lasting = element('input', { type: 'checkbox', checked: profile.lasting === true });
  const rateLabel = element('label', {}, `${words.rate} `, percent);
  const lastingLabel = element('label', {}, lasting, ` ${words.lasting}`);
  const form = element(
    'form',
    {},
    select,
    rateLabel,
    lastingLabel,
    element('button', { type: 'submit' }, words.apply),
  );
  const adapt = () => {
    rateLabel.hidden = !(select.value in faults);
    lastingLabel.hidden = faults[select.value]?.acts !== 'taking';
  };
  select.addEventListener('change', adapt);
  adapt();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = select.value;
    if (chosen === 'mixed') return;
    const wanted =
      chosen in faults
        ? {
            kind: 'prompt',
            faults: { [chosen]: Number(percent.value) / 100 },
            ...(lasting.checked && !lastingLabel.hidden && { lasting: true }),
          }
        : { kind: chosen };
    void act(async () => {
      await call(`/departments/${source}/profile`, 'PUT', wanted);
      byId('told').textContent = words.applied(words.nameOf({ name }));
    });
  });
  return form;
}

/** Does what somebody asked for, says what went wrong, and shows how things are afterwards. */
async function act(what) {
  try {
    await what();
    complain('');
  } catch (error) {
    complain(error instanceof Error ? error.message : words.unreachable);
    return;
  }
  await show();
}

const shown = new Map();

function showDepartment(department, kinds) {
  const { source, items } = department;
  let made = shown.get(source);
  if (!made) {
    const [counts, due, last] = [words.counts, words.nextDue, words.lastDeliveries].map((label) =>
      cell(label),
    );
    const behaviour = cell(words.behaviour);
    const held = element('span', { class: 'note' }, items.join(' · '));
    const line = row(
      element('th', { role: 'rowheader', scope: 'row' }, words.nameOf(department), element('br'), held),
      behaviour,
      counts,
      due,
      last,
    );
    made = { behaviour, counts, due, last, profile: '' };
    shown.set(source, made);
    byId('departments').append(line);
    byId('watched').append(element('option', { value: source }, words.nameOf(department)));
  }
  // Somebody else may have changed it; but a form that somebody is filling in stays as it is.
  const profile = JSON.stringify(department.profile);
  if (profile !== made.profile && !made.behaviour.contains(document.activeElement)) {
    made.behaviour.replaceChildren(behaviourForm(department, kinds));
    made.profile = profile;
  }
  made.counts.textContent = words.countsOf(department);
  made.due.textContent = department.nextDueAt ? time(department.nextDueAt) : words.nothingDue;
  made.last.replaceChildren(
    department.last.length === 0
      ? words.nothingSent
      : element(
          'ul',
          {},
          ...department.last.map(({ at, status, fault }) =>
            element('li', {}, statusItem(status), ` · ${nameOf(fault)} · ${time(at)}`),
          ),
        ),
  );
}

function showClock({ now, nextDueAt, pending, undelivered }) {
  const lines = [
    [words.now, time(now)],
    [words.nextDue, nextDueAt ? time(nextDueAt) : words.nothingDue],
    [words.pending, String(pending)],
    [words.undelivered, String(undelivered)],
  ];
  byId('clock').replaceChildren(
    ...lines.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
  byId('move').disabled = nextDueAt === null;
  byId('move').dataset.to = nextDueAt ?? '';
  byId('command').textContent = `onedoor clock advance --to ${nextDueAt ?? words.when}`;
}

function letterItem({ state, dueAt, deliveries }) {
  const answers = deliveries.flatMap(({ status }) => [' ', statusItem(status)]);
  return element('li', {}, `${words.state[state]} · ${words.dueAt(time(dueAt))}`, ...answers);
}

async function showLetters() {
  const source = byId('watched').value;
  if (!source) return;
  const { questions, letters } = await call(`/departments/${source}/letters`);
  const lines = questions.slice(0, 12).map(({ requestId, fault, attempts, takenAt }) => {
    const own = letters.filter((letter) => letter.requestId === requestId);
    return row(
      cell(words.request, element('span', { class: 'id' }, requestId)),
      cell(words.fault, nameOf(fault)),
      cell(
        words.taking,
        `${words.attempts(attempts)} · ${takenAt ? words.taken(time(takenAt)) : words.notTaken}`,
      ),
      cell(words.answering, own.length === 0 ? words.noLetter : element('ul', {}, ...own.map(letterItem))),
    );
  });
  const empty = row(element('td', { role: 'cell', colspan: '4' }, words.nobodyAsked));
  byId('letters').replaceChildren(...(lines.length === 0 ? [empty] : lines));
}

async function show() {
  try {
    const [clock, standing] = await Promise.all([call('/clock'), call('/departments')]);
    faults = Object.fromEntries(standing.faults.map((fault) => [fault.code, fault]));
    byId('seed').textContent = String(standing.seed);
    showClock(clock);
    for (const department of standing.departments) showDepartment(department, standing.kinds);
    await showLetters();
    return true;
  } catch {
    complain(words.unreachable);
    return false;
  }
}

document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
document.title = language === 'zh' ? `一门 · ${words.title}` : `One Door · ${words.title}`;
for (const place of document.querySelectorAll('[data-text]')) place.textContent = words[place.dataset.text];
document.querySelector(`nav a[href="?lang=${language}"]`).setAttribute('aria-current', 'true');
byId('move').addEventListener('click', () => {
  const to = byId('move').dataset.to;
  if (to) void act(() => call('/clock', 'POST', { to }));
});
byId('watched').addEventListener('change', () => void act(showLetters));

async function look() {
  if (!document.hidden && (await show())) complain('');
}

await show();
setInterval(() => void look(), EVERY_MS);
