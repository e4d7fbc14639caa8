// Plain JavaScript: the SDK loads this file with require(), also where no TypeScript loader is registered (vitest).
import { DefaultFailureConverter } from '@temporalio/common';

/** Moves message and stack trace of every failure into an encoded payload, so that the codec covers them too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
