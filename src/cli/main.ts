import { Command, CommanderError } from 'commander';
import { explainFailure, EXIT } from './exit.js';
import { say } from './output.js';

type Register = (program: Command) => void;

/** Loaded by name, so that a command that needs no Temporal client does not wait for one. */
const GROUPS: Readonly<Record<string, () => Promise<Register>>> = {
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  start: async () => (await import('./commands/start.js')).startCommand,
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand,
  serve: async () => (await import('./commands/serve.js')).serveCommands,
  case: async () => (await import('./commands/case.js')).caseCommands,
  parity: async () => (await import('./commands/parity.js')).parityCommand,
  parked: async () => (await import('./commands/parked.js')).parkedCommands,
  callbacks: async () => (await import('./commands/callbacks.js')).callbackCommands,
  sample: async () => (await import('./commands/sample.js')).sampleCommands,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  audit: async () => (await import('./commands/verify.js')).auditCommands,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  clock: async () => (await import('./commands/clock.js')).clockCommands,
  token: async () => (await import('./commands/token.js')).tokenCommand,
};

/** For what is still being written. */
const LAST_WORDS_MS = 1_000;

async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('onedoor')
    .description('One Door (一门): integrated social assistance from one window')
    .addHelpText(
      'before',
      'Examples:\n  $ onedoor demo\n  $ onedoor start\n  $ onedoor case show AP-441625103-2026-00001 --json\n',
    )
    .option('--state <dir>', 'state directory (default: .onedoor in the checkout, or ONEDOOR_STATE_DIR)')
    .option('--json', 'machine-readable answer on standard output; everything else goes to standard error')
    .exitOverride();
  const named = args.find((arg) => arg in GROUPS);
  for (const name of named === undefined ? Object.keys(GROUPS) : [named]) (await GROUPS[name]?.())?.(program);
  inherit(program);
  return program;
}

/** Options of the program may stand behind the command's name as well. */
function inherit(command: Command): void {
  for (const sub of command.commands) {
    sub.option('--state <dir>', 'state directory').option('--json', 'machine-readable answer').exitOverride();
    inherit(sub);
  }
}

try {
  const program = await programFor(process.argv.slice(2));
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.badInput;
  else {
    const { sentence, exit } = explainFailure(error);
    say(`onedoor: ${sentence}`);
    process.exitCode = exit;
  }
  // What a command had begun may hold the process open, such as the runtime of a worker that never got to work.
  setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
}
