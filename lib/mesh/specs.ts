import type * as generated from '../../imports/networking.istio.io';
import type { Wire } from '../private/wire';

// the specs of Istio's objects as they are read: any field may be missing, also one that the schema requires

export type Read<T> = T extends ReadonlyArray<infer Item> ? readonly Read<Item>[]
  : string extends keyof T ? { readonly [Key in keyof T]: Read<T[Key]> }
    : T extends object ? { readonly [Key in keyof T]?: Read<T[Key]> } : T;

export type GatewaySpec = Read<Wire<generated.GatewaySpec>>;
export type Server = NonNullable<GatewaySpec['servers']>[number];

export type VirtualServiceSpec = Read<Wire<generated.VirtualServiceSpec>>;
export type HttpRule = NonNullable<VirtualServiceSpec['http']>[number];
export type HttpMatch = NonNullable<HttpRule['match']>[number];
export type HttpDestination = NonNullable<HttpRule['route']>[number];
export type HttpMirror = NonNullable<HttpRule['mirrors']>[number];
export type StringMatch = Read<Wire<generated.VirtualServiceSpecHttpMatchUri>>;
export type Destination = NonNullable<HttpDestination['destination']>;
export type TlsRule = NonNullable<VirtualServiceSpec['tls']>[number];
export type TlsMatch = NonNullable<TlsRule['match']>[number];
export type TcpRule = NonNullable<VirtualServiceSpec['tcp']>[number];
export type TcpMatch = NonNullable<TcpRule['match']>[number];
export type L4Destination = NonNullable<TcpRule['route']>[number];

export type DestinationRuleSpec = Read<Wire<generated.DestinationRuleSpec>>;
export type SubsetSpec = NonNullable<DestinationRuleSpec['subsets']>[number];
export type TrafficPolicy = NonNullable<DestinationRuleSpec['trafficPolicy']>;
export type PortTrafficPolicy = NonNullable<TrafficPolicy['portLevelSettings']>[number];
export type LoadBalancer = NonNullable<TrafficPolicy['loadBalancer']>;
export type ConsistentHash = NonNullable<LoadBalancer['consistentHash']>;

export type ServiceEntrySpec = Read<Wire<generated.ServiceEntrySpec>>;
export type ServiceEntryPort = NonNullable<ServiceEntrySpec['ports']>[number];
export type WorkloadEntrySpec = Read<Wire<generated.WorkloadEntrySpec>>;
export type WorkloadGroupSpec = Read<Wire<generated.WorkloadGroupSpec>>;
export type SidecarSpec = Read<Wire<generated.SidecarSpec>>;
export type EgressListenerSpec = NonNullable<SidecarSpec['egress']>[number];
