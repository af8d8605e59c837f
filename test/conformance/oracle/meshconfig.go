package main

import "encoding/json"

// meshConfigText is a mesh configuration as YAML. In a question it may be a string of YAML or the object itself.
type meshConfigText string

func (m *meshConfigText) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		*m = meshConfigText(text)
		return nil
	}
	*m = meshConfigText(raw)
	return nil
}
