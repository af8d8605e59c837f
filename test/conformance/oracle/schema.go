package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	schemaobjectmeta "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// customResource holds what the API server compiles from one version of a CustomResourceDefinition. Istio's own validator
// (pkg/config/crd) is made of the same parts, but stops at the first layer that fails and hides the schema that
// dropping nulls needs.
type customResource struct {
	namespaced bool
	openAPI    validation.SchemaValidator
	structural *structuralschema.Structural
	cel        *cel.Validator
}

// customResources compiles a kind when it is first asked for: most runs need few of Istio's many.
type customResources map[schema.GroupVersionKind]func() (*customResource, error)

func readResources(file string) (customResources, error) {
	reader, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	resources := customResources{}
	decoder := kubeyaml.NewYAMLOrJSONDecoder(reader, 1<<20)
	for {
		var crd apiextensionsv1.CustomResourceDefinition
		if err := decoder.Decode(&crd); errors.Is(err, io.EOF) {
			return resources, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if crd.Kind != "CustomResourceDefinition" {
			continue
		}
		for _, version := range crd.Spec.Versions {
			gvk := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
			resources[gvk] = sync.OnceValues(func() (*customResource, error) {
				return compile(version.Schema, crd.Spec.Scope == apiextensionsv1.NamespaceScoped)
			})
		}
	}
}

func compile(given *apiextensionsv1.CustomResourceValidation, namespaced bool) (*customResource, error) {
	internal := &apiextensions.CustomResourceValidation{}
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(given, internal, nil); err != nil {
		return nil, err
	}
	openAPI, _, err := validation.NewSchemaValidator(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(internal.OpenAPIV3Schema)
	if err != nil {
		return nil, err
	}
	return &customResource{
		namespaced: namespaced,
		openAPI:    openAPI,
		structural: structural,
		cel:        cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}, nil
}

// prune drops what the API server drops as it decodes: unknown fields, whose paths it returns, and null fields.
func (r *customResource) prune(object *unstructured.Unstructured) []string {
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	unknown := pruning.PruneWithOptions(object.Object, r.structural, true, options)
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, r.structural)
	return unknown
}

// metadata answers what the API server says of the metadata, and which of its fields it does not know.
func (r *customResource) metadata(object *unstructured.Unstructured) (messages, unknown []string) {
	options := schemaobjectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true}
	_, _, unknown, err := schemaobjectmeta.GetObjectMetaWithOptions(object.Object, options)
	if err != nil {
		return []string{err.Error()}, nil
	}
	found := apivalidation.ValidateObjectMetaAccessor(object, r.namespaced, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	return fieldMessages(found), unknown
}

// validate is the API server's validation on create, metadata apart. It fills in defaults.
func (r *customResource) validate(object map[string]any) []string {
	defaulting.Default(object, r.structural)
	found := validation.ValidateCustomResource(nil, object, r.openAPI)
	found = append(found, listtype.ValidateListSetsAndMaps(nil, r.structural, object)...)
	if r.cel != nil && !blocksRules(found) {
		broken, _ := r.cel.Validate(context.Background(), nil, r.structural, object, nil, celconfig.RuntimeCELCostBudget)
		found = append(found, broken...)
	}
	return fieldMessages(found)
}

// blocksRules tells whether the API server skips the CEL rules: they may only see an object of the right shape.
func blocksRules(found field.ErrorList) bool {
	for _, each := range found {
		switch each.Type {
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return true
		}
	}
	return false
}

func fieldMessages(found field.ErrorList) []string {
	messages := make([]string, 0, len(found))
	for _, each := range found {
		messages = append(messages, each.Error())
	}
	return messages
}
