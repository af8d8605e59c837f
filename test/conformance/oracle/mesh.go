package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
)

type meshObjects struct {
	configs    []config.Config
	kubernetes string
	pods       []*unstructured.Unstructured
}

// readMesh parts Istio's objects from Kubernetes' own. It converts the former itself: the fake istiod would convert them
// with an empty domain and leave short host names short.
func readMesh(objects []json.RawMessage) (*meshObjects, error) {
	given := &meshObjects{}
	documents := []json.RawMessage{}
	addresses := map[string]bool{}
	for _, raw := range objects {
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(raw); err != nil {
			return nil, err
		}
		if object.GetNamespace() == "" && object.GetKind() != "Namespace" && object.GetKind() != "Node" {
			object.SetNamespace(metav1.NamespaceDefault)
		}
		gvk := object.GroupVersionKind()
		if schema, known := collections.Pilot.FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&gvk)); known {
			converted, err := convert(schema, object)
			if err != nil {
				return nil, fmt.Errorf("%s %s/%s: %w", gvk.Kind, object.GetNamespace(), object.GetName(), err)
			}
			given.configs = append(given.configs, *converted)
			continue
		}
		switch object.GetKind() {
		case "Service":
			completeService(object, addresses)
		case "Pod":
			given.pods = append(given.pods, object)
		}
		document, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	given.kubernetes = joinDocuments(documents)
	return given, nil
}

func convert(schema resource.Schema, object *unstructured.Unstructured) (*config.Config, error) {
	raw, err := object.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var kind crd.IstioKind
	if err := json.Unmarshal(raw, &kind); err != nil {
		return nil, err
	}
	return crd.ConvertObject(schema, &kind, clusterDomain)
}

// completeService fills in what the API server fills in and istiod relies on: the cluster IP, the protocol and target port of each port.
func completeService(service *unstructured.Unstructured, taken map[string]bool) {
	spec, ok := service.Object["spec"].(map[string]any)
	if !ok {
		return
	}
	if spec["clusterIP"] == nil && spec["type"] != "ExternalName" {
		spec["clusterIP"] = clusterIP(service.GetNamespace()+"/"+service.GetName(), taken)
	}
	ports, _ := spec["ports"].([]any)
	for _, each := range ports {
		if port, ok := each.(map[string]any); ok {
			setDefault(port, "protocol", "TCP")
			setDefault(port, "targetPort", port["port"])
		}
	}
}

func setDefault(object map[string]any, key string, value any) {
	if object[key] == nil {
		object[key] = value
	}
}

// clusterIP gives the same Service the same address in every run.
func clusterIP(name string, taken map[string]bool) string {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(name))
	for n := hash.Sum32(); ; n++ {
		ip := fmt.Sprintf("10.%d.%d.%d", 96+n>>16&15, n>>8&255, n&255)
		if !taken[ip] {
			taken[ip] = true
			return ip
		}
	}
}
