import { language, words } from '/words.js';

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children. Text stays text: nothing is ever read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
}
export const cell = (label, ...children) => element('td', { role: 'cell', 'data-label': label }, ...children);
export const row = (...cells) => element('tr', { role: 'row' }, ...cells);

export const time = (text) =>
  new Date(text).toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'medium',
    timeStyle: 'short',
  });

/** @throws {Error} with what the program said about it */
export async function call(path, method = 'GET', body) {
  const response = await fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const said = await response.json();
  if (!response.ok) throw new Error(words.refused(said.code, said.pointer ?? ''));
  return said;
}
