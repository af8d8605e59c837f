// lets the programs of examples/ import the library's sources by its published name
const Module = require('module');
const path = require('path');

const library = path.resolve(__dirname, '..', 'lib', 'index.ts');
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolveFilename.call(Module, request === 'cdk8s-istio' ? library : request, ...rest);
