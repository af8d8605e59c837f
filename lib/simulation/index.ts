export * from './every-request';
export * from './traffic';
export * from './traffic-answer';
export * from './traffic-client';
export * from './traffic-decision';
export * from './traffic-expectations';
export * from './traffic-facts';
export * from './traffic-source';
