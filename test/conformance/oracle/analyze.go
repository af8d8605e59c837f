package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"istio.io/istio/pkg/config/analysis"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/diag"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/util/sets"
)

const istioNamespace = "istio-system"

type analyzeQuestion struct {
	opening
	Objects    []json.RawMessage `json:"objects"`
	MeshConfig meshConfigText    `json:"meshConfig"`
	Analyzers  []string          `json:"analyzers"`
}

type analyzeAnswer struct {
	head
	Messages []analyzerMessage `json:"messages"`
}

type fileAnswer struct {
	Messages  []analyzerMessage `json:"messages"`
	ElapsedMs int64             `json:"elapsedMs"`
}

type analyzerMessage struct {
	Code     string `json:"code"`
	Level    string `json:"level"`
	Resource string `json:"resource"`
	Text     string `json:"text"`
}

// analyze runs the analyzers with everything visible, Services and Pods included, as Istio's own analyzer tests do.
func analyze(question analyzeQuestion, answer *analyzeAnswer) error {
	answer.Messages = []analyzerMessage{}
	chosen, err := chooseAnalyzers(question.Analyzers)
	if err != nil {
		return err
	}
	source := local.NewSourceAnalyzer(chosen, "", istioNamespace, nil)
	if err := useMeshConfig(source, question.MeshConfig); err != nil {
		return err
	}
	documents := local.ReaderSource{Name: "objects", Reader: strings.NewReader(joinDocuments(question.Objects))}
	// An object that does not decode is an error; the others are analyzed all the same.
	unreadable := source.AddTestReaderKubeSource([]local.ReaderSource{documents})
	if err := source.AddDefaultResources(); err != nil {
		return err
	}
	answer.Messages, err = runAnalyzers(source)
	return errors.Join(unreadable, err)
}

// analyzeFile takes the path of `istioctl analyze --use-kube=false FILE`.
func analyzeFile(name string) (*fileAnswer, error) {
	start := time.Now()
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	source := local.NewIstiodAnalyzer(analyzers.AllCombined(), "default", istioNamespace, nil)
	if err := source.AddDefaultResources(); err != nil {
		return nil, err
	}
	if err := source.AddReaderKubeSource([]local.ReaderSource{{Name: name, Reader: file}}); err != nil {
		return nil, err
	}
	messages, err := runAnalyzers(source)
	return &fileAnswer{Messages: messages, ElapsedMs: time.Since(start).Milliseconds()}, err
}

// chooseAnalyzers refuses an unknown name: Istio would run every analyzer instead.
func chooseAnalyzers(names []string) (analysis.CombinedAnalyzer, error) {
	if len(names) == 0 {
		return analyzers.AllCombined(), nil
	}
	known := sets.New[string]()
	for _, each := range analyzers.All() {
		known.Insert(each.Metadata().Name)
	}
	for _, name := range names {
		if !known.Contains(name) {
			return nil, fmt.Errorf("unknown analyzer %q", name)
		}
	}
	return analyzers.NamedCombined(names...), nil
}

// useMeshConfig goes through a file, the only way in.
func useMeshConfig(source *local.IstiodAnalyzer, text meshConfigText) error {
	if text == "" {
		return nil
	}
	file, err := os.CreateTemp("", "mesh-config-*.yaml")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := file.WriteString(string(text)); err != nil {
		return err
	}
	return source.AddFileKubeMeshConfig(file.Name())
}

func runAnalyzers(source *local.IstiodAnalyzer) ([]analyzerMessage, error) {
	stop := make(chan struct{})
	defer close(stop)
	result, err := source.Analyze(stop)
	messages := []analyzerMessage{}
	for _, message := range result.Messages {
		messages = append(messages, describe(message))
	}
	return messages, err
}

func describe(message diag.Message) analyzerMessage {
	rendered := analyzerMessage{
		Code:  message.Type.Code(),
		Level: message.Type.Level().String(),
		Text:  fmt.Sprintf(message.Type.Template(), message.Parameters...),
	}
	if message.Resource != nil {
		rendered.Resource = message.Resource.Origin.FriendlyName()
	}
	return rendered
}

func joinDocuments(objects []json.RawMessage) string {
	var stream strings.Builder
	for _, object := range objects {
		stream.Write(object)
		stream.WriteString("\n---\n")
	}
	return stream.String()
}
