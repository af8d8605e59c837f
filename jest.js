// jest matchers for the answers of the simulation: import 'cdk8s-istio/jest' in a test or in a file of setupFilesAfterEnv
const { extendExpect, trafficMatchers } = require('./build/lib/simulation/jest-matchers');

extendExpect();

module.exports = { trafficMatchers };
