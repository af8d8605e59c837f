package main

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
)

type decodeQuestion struct {
	opening
	YAML string `json:"yaml"`
}

type decodeAnswer struct {
	head
	Documents []json.RawMessage `json:"documents"`
}

// decode splits and reads a stream as kubectl does: empty documents vanish, and what was read before an error stays.
func decode(question decodeQuestion, answer *decodeAnswer) error {
	answer.Documents = []json.RawMessage{}
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(question.YAML), 4096)
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if len(document.Raw) > 0 && string(document.Raw) != "null" {
			answer.Documents = append(answer.Documents, document.Raw)
		}
	}
}
