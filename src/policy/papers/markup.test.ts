import { describe, expect, it } from 'vitest';
import { markup } from './markup.js';

describe('markup', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    [`"'&`, '&quot;&#39;&amp;'],
    ['买买提·艾力', '买买提·艾力'],
    ['𠮷田', '𠮷田'],
    ['a\u202eb\u0000c', 'a\ufffdb\ufffdc'],
    ['一\n二\t三', '一\n二\t三'],
  ])('%j → %s', (value, written) => {
    expect(markup`<p>${value}</p>`.toString()).toBe(`<p>${written}</p>`);
  });

  it('nests without escaping twice, joins lists and leaves out what is not there', () => {
    const inner = markup`<i>${'&'}</i>`;
    expect(markup`${inner}${[inner, '<', [1]]}${null}${undefined}${false}${0}`.toString()).toBe(
      '<i>&amp;</i><i>&amp;</i>&lt;10',
    );
  });

  it('takes a string that looks like markup for text', () => {
    expect(markup`${markup`<br>`.toString()}`.toString()).toBe('&lt;br&gt;');
  });
});
