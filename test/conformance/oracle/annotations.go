package main

import (
	"istio.io/api/annotation"
	"istio.io/istio/pkg/config/analysis/analyzers/maturity"
	"istio.io/istio/pkg/kube/inject"
)

// annotationFacts is what Istio's analyzer knows of an annotation. Descriptions are left out.
type annotationFacts struct {
	Resources  []string `json:"resources"`
	Deprecated bool     `json:"deprecated,omitempty"`

	// Checked says that the analyzer looks at the value.
	Checked bool `json:"checked,omitempty"`

	// Ignored says that the analyzer passes over it, because Istio itself sets it.
	Ignored bool `json:"ignored,omitempty"`
}

// readAnnotations maps the names of all annotations of Istio to what is known of them. Maps are printed in order.
func readAnnotations() (map[string]annotationFacts, error) {
	found := map[string]annotationFacts{}
	for _, known := range annotation.AllResourceAnnotations() {
		_, checked := inject.AnnotationValidation[known.Name]
		facts := annotationFacts{Resources: []string{}, Deprecated: known.Deprecated, Checked: checked, Ignored: maturity.AlwaysIgnoredAnnotations[known.Name]}
		for _, kind := range known.Resources {
			facts.Resources = append(facts.Resources, kind.String())
		}
		found[known.Name] = facts
	}
	return found, nil
}
