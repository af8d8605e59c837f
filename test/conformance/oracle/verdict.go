package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/go-multierror"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/config/validation"
)

const clusterDomain = "cluster.local"

type verdictQuestion struct {
	opening
	Object json.RawMessage `json:"object"`
	YAML   string          `json:"yaml"`
	// AsWritten keeps unknown and null fields, which the API server drops before anything judges the object.
	AsWritten bool `json:"asWritten"`
}

type verdictAnswer struct {
	head
	Schema        layerVerdict   `json:"schema"`
	Metadata      layerVerdict   `json:"metadata"`
	Webhook       webhookVerdict `json:"webhook"`
	DecodeError   string         `json:"decodeError,omitempty"`
	UnknownFields []string       `json:"unknownFields,omitempty"`
}

type layerVerdict struct {
	Errors []string `json:"errors"`
}

type webhookVerdict struct {
	Errors      []string `json:"errors"`
	Warnings    []string `json:"warnings"`
	DecodeError string   `json:"decodeError,omitempty"`
}

// judge asks the two layers that guard a cluster: the API server with the CRDs, and istiod's validating webhook. Each
// answers, whatever the other says.
func (resources customResources) judge(question verdictQuestion, verdict *verdictAnswer) error {
	verdict.Schema = layerVerdict{Errors: []string{}}
	verdict.Metadata = layerVerdict{Errors: []string{}}
	verdict.Webhook = webhookVerdict{Errors: []string{}, Warnings: []string{}}
	object, err := decodeObject(question)
	if err != nil {
		verdict.DecodeError = err.Error()
		return nil
	}
	if compiled := resources[object.GroupVersionKind()]; compiled != nil {
		known, err := compiled()
		if err != nil {
			return err
		}
		known.judge(object, question.AsWritten, verdict)
	} else {
		verdict.Schema.Errors = []string{fmt.Sprintf("no matches for %s in the CRDs", object.GroupVersionKind())}
	}
	return askWebhook(object, &verdict.Webhook)
}

// decodeObject decodes into Unstructured and not into a map: in a map every integer becomes a float, which CEL refuses.
func decodeObject(question verdictQuestion) (*unstructured.Unstructured, error) {
	object := &unstructured.Unstructured{}
	switch {
	case question.YAML != "":
		return object, yaml.Unmarshal([]byte(question.YAML), object)
	case question.Object != nil:
		return object, object.UnmarshalJSON(question.Object)
	default:
		return nil, errors.New("a question needs object or yaml")
	}
}

// judge leaves the object as the API server would hand it to the webhook; as written, it leaves the object alone.
func (r *customResource) judge(object *unstructured.Unstructured, asWritten bool, verdict *verdictAnswer) {
	pruned, judged := object, object
	if asWritten {
		pruned, judged = object.DeepCopy(), object.DeepCopy()
	} else if r.namespaced && object.GetNamespace() == "" {
		object.SetNamespace(metav1.NamespaceDefault)
	}
	unknown := r.prune(pruned)
	problems, unknownMetadata := r.metadata(object)
	verdict.Metadata.Errors = problems
	verdict.UnknownFields = append(unknownMetadata, unknown...)
	verdict.Schema.Errors = r.validate(judged.Object)
}

// askWebhook does what istiod's webhook does with a CREATE request.
func askWebhook(object *unstructured.Unstructured, verdict *webhookVerdict) error {
	raw, err := object.MarshalJSON()
	if err != nil {
		return err
	}
	var kind crd.IstioKind
	if err := json.Unmarshal(raw, &kind); err != nil {
		verdict.DecodeError = err.Error()
		return nil
	}
	gvk := kind.GroupVersionKind()
	schema, known := collections.Pilot.FindByGroupKind(resource.FromKubernetesGVK(&gvk))
	if !known {
		verdict.DecodeError = fmt.Sprintf("unrecognized type %v", gvk)
		return nil
	}
	config, err := crd.ConvertObject(schema, &kind, clusterDomain)
	if err != nil {
		verdict.DecodeError = err.Error()
		return nil
	}
	warning, err := schema.ValidateConfig(*config)
	verdict.Errors = flatten(err)
	verdict.Warnings = flatten(warning)
	return nil
}

func flatten(err error) []string {
	switch found := err.(type) {
	case nil:
		return []string{}
	case validation.Validation:
		return flatten(found.Err)
	case *multierror.Error:
		messages := []string{}
		for _, each := range found.Errors {
			messages = append(messages, flatten(each)...)
		}
		return messages
	default:
		return []string{found.Error()}
	}
}
