import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

/** Nothing of what the SDK says: writing a line for every activation would be measured too. Before the first worker. */
export function quietSdk(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => {}),
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
    },
  });
}
