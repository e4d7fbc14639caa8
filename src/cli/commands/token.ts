import type { Command } from 'commander';
import { staffMember } from '../../casefile/registry.js';
import { DomainError } from '../../terms/index.js';
import { keysOf } from '../../stack/house.js';
import { devToken } from '../../stack/issuer.js';
import { configOf, withReader, type Common } from '../context.js';
import { answer } from '../output.js';

export function tokenCommand(program: Command): void {
  program
    .command('token')
    .description('print a bearer token for a member of staff (simulated mode)')
    .addHelpText(
      'before',
      'Example:\n  $ curl -H "Authorization: Bearer $(onedoor token --staff clerk-1)" $API/v1/worklist?group=unit\n',
    )
    .requiredOption(
      '--staff <subject...>',
      'the subject of the token, as `onedoor start` lists them; of several, one answer for each',
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Common & { staff: string[] }>();
      const config = configOf(options);
      const { local } = await keysOf(config);
      if (config.mode === 'production' || !local) throw new DomainError('simulated_mode_only');
      const rows = await withReader(config, (reader) =>
        Promise.all(
          options.staff.map(async (subject) => {
            const row = await staffMember(reader, subject);
            if (!row) throw new DomainError('not_found', { params: { staff: subject } });
            return row;
          }),
        ),
      );
      for (const { id, subject, name } of rows) {
        const token = await devToken(local.oidc, { subject, audience: config.oidc.audience });
        answer(options.json, { token, staffId: id, subject, name }, () => [token]);
      }
    });
}
