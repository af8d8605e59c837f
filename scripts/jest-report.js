// a jest reporter that writes the totals of a run to the file that JEST_REPORT names, if any
const fs = require('fs');

module.exports = class JestReport {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    if (process.env.JEST_REPORT) {
      fs.writeFileSync(process.env.JEST_REPORT, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }));
    }
  }
};
