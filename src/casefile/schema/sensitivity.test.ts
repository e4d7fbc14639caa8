import { describe, expect, it } from 'vitest';
import { CLASSED_COLUMNS, CLASSED_TABLES, INTERNAL_EVERYWHERE, sensitivityOf } from './sensitivity.js';
import { hasColumn, RECORD_TABLES, TABLES } from './tables.js';
import { WORKING_STATE } from './working-state.js';

const key = ({ table, column }: { table: string; column: string }): string => `${table}.${column}`;
const columns = TABLES.flatMap((table) =>
  table.columns.map(({ name }) => ({ table: table.name, column: name })),
);

describe('sensitivity classes', () => {
  it('cover every column of every table', () => {
    expect(columns.length).toBeGreaterThan(400);
    const without = columns.filter(({ table, column }) => {
      try {
        sensitivityOf(table, column);
        return false;
      } catch {
        return true;
      }
    });
    expect(without.map(key)).toEqual([]);
  });

  it('are stated once for each column', () => {
    const stated = CLASSED_COLUMNS.map(key);
    expect(stated.filter((name, index) => stated.indexOf(name) !== index)).toEqual([]);
    const twice = CLASSED_COLUMNS.filter(({ column }) => INTERNAL_EVERYWHERE.includes(column));
    expect(twice.map(key)).toEqual([]);
  });

  it('name no column and no table that is not there', () => {
    const known = new Set(columns.map(key));
    expect(CLASSED_COLUMNS.map(key).filter((name) => !known.has(name))).toEqual([]);
    expect([...CLASSED_TABLES].sort()).toEqual(TABLES.map(({ name }) => name));
    const unused = INTERNAL_EVERYWHERE.filter((column) => !TABLES.some((table) => hasColumn(table, column)));
    expect(unused).toEqual([]);
  });

  it('are not given to what has no class', () => {
    expect(() => sensitivityOf('persons', 'nickname')).toThrow('persons.nickname has no sensitivity class');
    expect(() => sensitivityOf('nicknames', 'id')).toThrow('nicknames.id has no sensitivity class');
  });

  it('hold what must be encrypted at sensitive: stored bytes are never public or internal', () => {
    const bytes = TABLES.flatMap((table) =>
      table.columns
        .filter((column) => column.getSQLType() === 'bytea')
        .map(({ name }) => ({ table: table.name, column: name })),
    );
    expect(
      bytes
        .filter(({ table, column }) => ['public', 'internal'].includes(sensitivityOf(table, column)))
        .map(key),
    ).toEqual([]);
  });
});

describe('working state', () => {
  it('is a short list of tables that exist; the rest is record', () => {
    const names = Object.keys(WORKING_STATE);
    expect(names.filter((name) => !TABLES.some((table) => table.name === name))).toEqual([]);
    expect(names.length).toBeLessThan(13);
    expect(RECORD_TABLES.length + names.length).toBe(TABLES.length);
  });
});
