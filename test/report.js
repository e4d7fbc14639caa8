// What test/run.js reads of a run: for every suite its seconds, with its hooks, and how each of its tests ended.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

export default class Report {
  onTestRunEnd(modules) {
    const suites = [...modules].map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      return {
        name: module.relativeModuleId,
        seconds: (collectDuration + setupDuration + duration) / 1000,
        outcomes: [...module.children.allTests()].map((test) => test.result().state),
        failed: !module.ok(),
      };
    });
    writeFileSync(process.env.ONEDOOR_TEST_REPORT, JSON.stringify(suites));
  }
}
