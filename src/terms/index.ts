export * from './brand.js';
export * from './codes.js';
export * from './dates.js';
export * from './errors.js';
export * from './fen.js';
export * from './ids.js';
export * from './commands.js';
export * from './desk.js';
