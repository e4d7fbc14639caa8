import { gzipSync } from 'node:zlib';

const MEGABYTE = 1024 * 1024;
export const LARGE_BYTES = 5 * MEGABYTE;
/** What the bomb is when it has gone off; on the wire it is a thousandth of that. */
export const BOMB_BYTES = 32 * MEGABYTE;

let gbkTable: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Every two-byte character of GBK, read off the decoder that Node has; there is no encoder. */
function gbk(): ReadonlyMap<string, readonly [number, number]> {
  if (gbkTable) return gbkTable;
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, [lead, trail]);
    }
  gbkTable = table;
  return table;
}

/** Text as a Chinese Windows of the nineties writes it. What GBK does not have becomes a question mark. */
export function asGbk(text: string): Uint8Array {
  const table = gbk();
  const bytes = Array.from(text).flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x80 ? [code] : (table.get(character) ?? [0x3f]);
  });
  return Uint8Array.from(bytes);
}

/** The first half: an object that is never closed. */
export const cutShort = (text: string): Uint8Array => Buffer.from(text.slice(0, Math.ceil(text.length / 2)));

/** The same JSON with blanks up to five megabytes: well-formed, and far too long. */
export function padded(text: string): Uint8Array {
  const bytes = Buffer.alloc(LARGE_BYTES, ' ');
  bytes.write(text);
  return bytes;
}

let bomb: Uint8Array | undefined;

/** JSON whose blanks fill 32 megabytes once somebody unpacks its 32 kilobytes. */
export const gzipBomb = (): Uint8Array => (bomb ??= gzipSync(Buffer.from('{}'.padEnd(BOMB_BYTES))));
