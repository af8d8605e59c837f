package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	meshapi "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config/constants"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/kube/krt"
	"istio.io/istio/pkg/test"
)

// strangerIP is the address of a proxy without a Pod: one that no service or endpoint of a mesh has.
const strangerIP = "192.0.2.1"

type proxyQuestion struct {
	opening
	Objects    []json.RawMessage `json:"objects"`
	MeshConfig meshConfigText    `json:"meshConfig"`
	Proxies    []proxySpec       `json:"proxies"`
}

type proxySpec struct {
	Type      model.NodeType    `json:"type"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
	Name      string            `json:"name"`
	IP        string            `json:"ip"`
	// Metadata is the node metadata that a proxy sends, such as {"DNS_CAPTURE": "true"}.
	Metadata json.RawMessage `json:"metadata"`
}

type proxyAnswer struct {
	head
	Proxies []proxyConfig `json:"proxies"`
}

type proxyConfig struct {
	Listeners []json.RawMessage `json:"listeners"`
	Routes    []json.RawMessage `json:"routes"`
	Clusters  []json.RawMessage `json:"clusters"`
	Endpoints []json.RawMessage `json:"endpoints"`
}

// showProxies answers what istiod would push to each proxy of one mesh.
func showProxies(question proxyQuestion, answer *proxyAnswer) error {
	answer.Proxies = []proxyConfig{}
	given, err := readMesh(question.Objects)
	if err != nil {
		return err
	}
	settings, err := readMeshConfig(question.MeshConfig)
	if err != nil {
		return err
	}
	nodes := make([]*model.Proxy, len(question.Proxies))
	for i, spec := range question.Proxies {
		if nodes[i], err = spec.node(given.pods); err != nil {
			return err
		}
	}
	// The handler of the previous meshes keeps all their collections in memory.
	krt.GlobalDebugHandler = new(krt.DebugHandler)
	var failed error
	err = test.Wrap(func(t test.Failer) {
		istiod := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			Configs:                given.configs,
			KubernetesObjectString: given.kubernetes,
			MeshConfig:             settings,
		})
		for _, node := range nodes {
			config, err := push(istiod, istiod.SetupProxy(node))
			if err != nil {
				failed = err
				return
			}
			answer.Proxies = append(answer.Proxies, config)
		}
	})
	return errors.Join(failed, err)
}

func readMeshConfig(text meshConfigText) (*meshapi.MeshConfig, error) {
	if text == "" {
		return mesh.DefaultMeshConfig(), nil
	}
	return mesh.ApplyMeshConfigDefaults(string(text))
}

// node describes the proxy as it would introduce itself. A proxy is tied to its Services by its Pod where the mesh has one,
// else by its labels.
func (spec proxySpec) node(pods []*unstructured.Unstructured) (*model.Proxy, error) {
	if spec.Type != model.SidecarProxy && spec.Type != model.Router {
		return nil, fmt.Errorf("proxy type %q is neither sidecar nor router", spec.Type)
	}
	known, err := readVersions()
	if err != nil {
		return nil, err
	}
	metadata := &model.NodeMetadata{}
	if spec.Metadata != nil {
		if err := json.Unmarshal(spec.Metadata, metadata); err != nil {
			return nil, err
		}
	}
	namespace := orElse(spec.Namespace, "default")
	podName, podIP := spec.findPod(pods, namespace)
	metadata.IstioVersion = orElse(metadata.IstioVersion, known.Istio+".0")
	metadata.ClusterID = constants.DefaultClusterName
	metadata.Namespace = namespace
	metadata.Labels = spec.Labels
	return &model.Proxy{
		Type:            spec.Type,
		ID:              orElse(spec.Name, podName, "proxy") + "." + namespace,
		ConfigNamespace: namespace,
		Labels:          spec.Labels,
		IPAddresses:     []string{orElse(spec.IP, podIP, strangerIP)},
		Metadata:        metadata,
	}, nil
}

// findPod returns the first Pod of the namespace that has an address and all labels of the proxy.
func (spec proxySpec) findPod(pods []*unstructured.Unstructured, namespace string) (name, ip string) {
	for _, pod := range pods {
		address, _, _ := unstructured.NestedString(pod.Object, "status", "podIP")
		if pod.GetNamespace() == namespace && address != "" && containsAll(pod.GetLabels(), spec.Labels) {
			return pod.GetName(), address
		}
	}
	return "", ""
}

func containsAll(labels, wanted map[string]string) bool {
	for key, value := range wanted {
		if actual, ok := labels[key]; !ok || actual != value {
			return false
		}
	}
	return true
}

func orElse(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

func push(istiod *xds.FakeDiscoveryServer, node *model.Proxy) (config proxyConfig, err error) {
	listeners := istiod.Listeners(node)
	routes := istiod.RoutesFromListeners(node, listeners)
	if config.Listeners, err = render(listeners, (*listener.Listener).GetName); err != nil {
		return config, err
	}
	if config.Routes, err = render(routes, (*route.RouteConfiguration).GetName); err != nil {
		return config, err
	}
	if config.Clusters, err = render(istiod.Clusters(node), (*cluster.Cluster).GetName); err != nil {
		return config, err
	}
	config.Endpoints, err = render(withoutNil(istiod.Endpoints(node)), (*endpoint.ClusterLoadAssignment).GetClusterName)
	return config, err
}

func withoutNil(assignments []*endpoint.ClusterLoadAssignment) []*endpoint.ClusterLoadAssignment {
	kept := assignments[:0]
	for _, each := range assignments {
		if each != nil {
			kept = append(kept, each)
		}
	}
	return kept
}

// render sorts by name: istiod's own order follows Go's maps and differs from run to run.
func render[M proto.Message](messages []M, name func(M) string) ([]json.RawMessage, error) {
	slices.SortStableFunc(messages, func(a, b M) int { return strings.Compare(name(a), name(b)) })
	rendered := make([]json.RawMessage, len(messages))
	for i, message := range messages {
		text, err := protojson.Marshal(message)
		if err != nil {
			return nil, err
		}
		rendered[i] = text
	}
	return rendered, nil
}
