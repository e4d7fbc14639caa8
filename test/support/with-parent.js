// node with-parent.js PROGRAM ARG…: runs a program that knows nothing of us, and ends it when whoever started this ends.
import { spawn } from 'node:child_process';
import process from 'node:process';

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', () => process.exit(127));
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
process.on('disconnect', () => child.kill('SIGKILL'));
