// rewrites the compiled build/lib/index.js so that each exported name loads its module on first use:
// a program pays for what it uses, not for the whole library
const fs = require('fs');
const path = require('path');

const file = path.resolve(__dirname, '..', 'build', 'lib', 'index.js');
const source = fs.readFileSync(file, 'utf-8');

const stars = [...source.matchAll(/^__exportStar\(require\("(.+)"\), exports\);$/gm)].map(match => match[1]);
const namespaces = [...source.matchAll(/^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/gm)].map(match => ({ name: match[1], module: match[2] }));
if (stars.length === 0) {
  throw new Error(`${file} is not as the compiler writes it`);
}

// what cdk8s-cli makes an instance of, and no program does: it is no part of the API that is there in other languages
const plugins = [{ name: 'IstioValidation', module: './plugin/istio-validation' }];

const getters = [
  ...stars.flatMap(module => Object.keys(require(path.resolve(path.dirname(file), module))).map(name => ({ name, code: `require("${module}").${name}` }))),
  ...namespaces.map(({ name, module }) => ({ name, code: `require("${module}")` })),
  ...plugins.map(({ name, module }) => ({ name, code: `require("${module}").${name}` })),
];

fs.writeFileSync(file, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const lazy = (name, load) => Object.defineProperty(exports, name, {
    enumerable: true,
    configurable: true,
    get: () => {
        const value = load();
        Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
        return value;
    },
});
${getters.map(({ name, code }) => `lazy("${name}", () => ${code});`).join('\n')}
// never runs: tells import statements of ES modules which names there are
0 && (module.exports = { ${getters.map(({ name }) => name).join(', ')} });
`);
