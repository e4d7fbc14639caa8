import { Command, CommanderError } from 'commander';
import { caseCommands, parityCommand } from './commands/case.js';
import { clockCommands } from './commands/clock.js';
import { demoCommand } from './commands/demo.js';
import { doctorCommand } from './commands/doctor.js';
import { serveCommands } from './commands/serve.js';
import { startCommands } from './commands/start.js';
import { tokenCommand } from './commands/token.js';
import { auditCommands, verifyCommand } from './commands/verify.js';
import { explainFailure, EXIT } from './exit.js';
import { say } from './output.js';

const program = new Command('onedoor')
  .description('One Door (一门): integrated social assistance from one window')
  .addHelpText('before', 'Examples:\n  $ onedoor demo\n  $ onedoor start\n  $ onedoor case show AP-441625103-2026-00001 --json\n')
  .option('--state <dir>', 'state directory (default: .onedoor in the checkout, or ONEDOOR_STATE_DIR)')
  .option('--json', 'machine-readable answer on standard output; everything else goes to standard error')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });

demoCommand(program);
startCommands(program);
serveCommands(program);
caseCommands(program);
parityCommand(program);
verifyCommand(program);
auditCommands(program);
doctorCommand(program);
clockCommands(program);
tokenCommand(program);
// Options of the program may stand behind the command's name as well.
const inherit = (command: Command): void => {
  for (const sub of command.commands) {
    sub.option('--state <dir>', 'state directory').option('--json', 'machine-readable answer').exitOverride();
    inherit(sub);
  }
};
inherit(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.badInput;
  else {
    const { sentence, exit } = explainFailure(error);
    say(`onedoor: ${sentence}`);
    process.exitCode = exit;
  }
}
