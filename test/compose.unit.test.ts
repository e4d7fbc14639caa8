import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/stack/config.js';
import { SETTINGS } from '../src/stack/settings.js';
import { SENDERS } from '../src/departments/platforms.js';
import { webhookSecrets } from '../src/stack/webhook-keys.js';
import { composeText, PROGRAM_IMAGE, readCompose, REPOSITORY, type Service } from './support/compose.js';
import { TEMPORAL_SERVER } from './support/temporal-programs.js';

/** The files for Docker, as far as they can be checked where there is none. */
const compose = readCompose();
const services = Object.entries(compose.services);
const programs = services.filter(([, { image }]) => PROGRAM_IMAGE.test(image));
const roles = programs.filter(([, { command }]) => command[0] === 'serve');
const text = (name: string): string => readFileSync(join(REPOSITORY, name), 'utf8');

let secrets: string;
beforeAll(() => {
  secrets = join(mkdtempSync(join(tmpdir(), 'onedoor-secrets-')), 'secrets');
  execFileSync('sh', ['deploy/secrets.sh', secrets], { cwd: REPOSITORY, stdio: 'pipe' });
});
afterAll(() => rmSync(join(secrets, '..'), { recursive: true }));

describe('compose.yaml', () => {
  it('has Postgres, Temporal on it, a migration, the API, two workers and the departments', () => {
    expect(Object.keys(compose.services)).toEqual([
      'postgres',
      'temporal-schema',
      'temporal',
      'temporal-namespace',
      'migrate',
      'api',
      'worker',
      'departments',
    ]);
    expect(compose.services['worker']?.deploy).toEqual({ replicas: 2 });
    expect(compose.services['temporal']?.environment).toMatchObject({
      DB: 'postgres12_pgx',
      POSTGRES_SEEDS: 'postgres',
    });
  });

  it.each(roles.map(([name, role]) => [name, role.depends_on] as const))(
    '%s waits until the migration has ended well, and for a namespace to work in',
    (_, dependsOn) => {
      expect(dependsOn).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        'temporal-namespace': { condition: 'service_completed_successfully' },
      });
    },
  );

  it('waits for what exists, and nobody waits for themselves', () => {
    const reach = (name: string, path: readonly string[] = []): void => {
      expect(path).not.toContain(name);
      const waited = Object.keys(compose.services[name]?.depends_on ?? {});
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(waited));
      for (const each of waited) reach(each, [...path, name]);
    };
    for (const [name] of services) reach(name);
    for (const [, { depends_on }] of services)
      for (const [name, { condition }] of Object.entries(depends_on))
        if (condition === 'service_healthy') expect(compose.services[name]?.healthcheck).toBeDefined();
  });

  it.each(programs.map(([name, { command }]) => [name, command] as const))(
    '%s is a command that `onedoor` has, with options that it knows',
    (_, command) => {
      const firstOption = command.findIndex((word) => word.startsWith('-'));
      const words = firstOption < 0 ? command : command.slice(0, firstOption);
      const { status, stdout } = spawnSync(process.execPath, ['bin/onedoor.js', ...words, '--help'], {
        cwd: REPOSITORY,
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      expect(stdout).toContain(`Usage: onedoor ${words.join(' ')}`);
      for (const word of command)
        if (word.startsWith('--')) expect(stdout).toMatch(new RegExp(`^ +${word}\\b`, 'm'));
        else if (word.includes('/')) expect(existsSync(join(REPOSITORY, word)), word).toBe(true);
    },
  );

  it.each(programs)(
    '%s is told nothing but settings that exist, and starts with them',
    async (_, program) => {
      for (const name of Object.keys(program.environment))
        expect(Object.keys(SETTINGS)).toContain(name.replace(/_FILE$/, ''));
      const config = loadConfig(environmentOf(program));
      if (program.secrets.includes('webhook_keys'))
        expect(Object.keys(await webhookSecrets(config))).toHaveLength(SENDERS.length);
    },
  );

  it.each(services)(
    '%s gets each secret that it reads, and no other',
    (_, { environment, secrets: given }) => {
      const read = Object.values(environment).flatMap(
        (value) => /^\/run\/secrets\/(\w+)$/.exec(value)?.[1] ?? [],
      );
      // The one that makes Temporal's role is read by a script.
      const scripted = environment['POSTGRES_DB'] ? ['temporal_password'] : [];
      expect([...read, ...scripted].toSorted()).toEqual(given.toSorted());
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining([...given]));
    },
  );

  it('holds no secret itself', () => {
    for (const [name, { environment }] of services)
      for (const [variable, value] of Object.entries(environment))
        if (/PASSWORD|PWD|KEY|SECRET|TOKEN|DATABASE\w*_URL/.test(variable)) {
          expect(variable, name).toMatch(/_FILE$/);
          expect(value, name).toMatch(/^\/run\/secrets\//);
        }
    expect(composeText()).not.toMatch(/:\/\/[^/\s]*@/);
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^deploy\/secrets\/\w+$/);
    expect(text('.gitignore').split('\n')).toContain('deploy/secrets/');
  });

  it('publishes on the loopback only', () => {
    const published = services.flatMap(([, { ports }]) => ports);
    expect(published.length).toBeGreaterThan(0);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('lets no program of ours write its root or gain a right', () => {
    for (const [name, program] of programs)
      expect(program, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
  });

  it('asks the doors that exist whether they are well', () => {
    const asked = (name: string): string => compose.services[name]?.healthcheck?.test.join(' ') ?? '';
    expect(asked('api')).toContain('http://127.0.0.1:8080/readyz');
    expect(compose.services['api']?.environment['API_PORT']).toBe('8080');
    expect(asked('departments')).toContain('http://127.0.0.1:8090/livez');
    expect(compose.services['departments']?.command.join(' ')).toContain('--port 8090');
  });

  it('pins every image, Temporal’s at the version that the cluster test runs', () => {
    for (const [name, { image }] of services) expect(image, name).toMatch(/:\d+\.\d+/);
    for (const name of ['temporal', 'temporal-schema', 'temporal-namespace'])
      expect(compose.services[name]?.image).toMatch(new RegExp(`^temporalio/[a-z-]+:${TEMPORAL_SERVER}$`));
  });

  it('mounts what is there', () => {
    for (const [, { volumes }] of services)
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('.')) expect(existsSync(join(REPOSITORY, from)), from).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
    expect(statSync(join(REPOSITORY, 'deploy/postgres/temporal.sh')).mode & 0o111).toBe(0o111);
  });
});

describe('deploy/secrets.sh', () => {
  it('makes what compose.yaml asks for, for the owner’s directory only, and replaces nothing', () => {
    expect(readdirSync(secrets).toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    const before = readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'));
    expect(new Set(before).size).toBe(before.length);
    const again = spawnSync('sh', ['deploy/secrets.sh', secrets], { cwd: REPOSITORY });
    expect(again.status).toBe(1);
    expect(readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'))).toEqual(before);
  });
});

describe('Dockerfile', () => {
  const lines = text('Dockerfile').split('\n');

  it('runs the program as an unprivileged user, without development dependencies', () => {
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(lines).toContain('ENTRYPOINT ["onedoor"]');
    expect(text('Dockerfile')).toContain('npm ci --omit=dev');
    expect(text('Dockerfile')).toContain('ln -s /app/bin/onedoor.js /usr/local/bin/onedoor');
  });

  it('is given what a role reads, and only that', () => {
    const ignore = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignore[0]).toBe('*');
    const kept = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    for (const path of kept) expect(existsSync(join(REPOSITORY, path)), path).toBe(true);
    expect(kept).toEqual(expect.arrayContaining(['bin', 'drizzle', 'examples', 'policy', 'src']));
    for (const never of ['deploy', 'test', '.onedoor', 'node_modules']) expect(kept).not.toContain(never);
  });
});

/** What a container would see, its secrets included. */
function environmentOf({ environment }: Service): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace('/run/secrets', secrets)]),
  );
}
