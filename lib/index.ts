export * from './destination';
export * from './export-to';
export * from './gateway';
export * from './mesh-settings';
export * from './resource';
export * from './string-match';
export * as networking from '../imports/networking.istio.io';
