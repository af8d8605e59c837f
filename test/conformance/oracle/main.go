// Command oracle asks the real Istio about manifests. README.md describes each sub-command.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"cdk8s-istio/conformance/answers"
	"istio.io/istio/pkg/log"
)

const usage = "usage: oracle verdict --crds FILE | analyze | analyze-file FILE | proxy | decode | certificate | annotations | version"

func main() {
	if err := quietLog(); err != nil {
		fail(err)
	}
	// The heap is small, and collecting it at the usual rate takes a quarter of the time.
	debug.SetGCPercent(1000)
	if err := run(os.Args[1:]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "oracle:", err)
	os.Exit(1)
}

// quietLog drops errors too: the fake istiod reports several for every mesh, all of them about its missing Kubernetes.
func quietLog() error {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.FatalLevel)
	return log.Configure(options)
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	switch command, rest := args[0], args[1:]; command {
	case "verdict":
		return runVerdict(rest)
	case "analyze":
		return serve(os.Stdin, answers.Out, analyze)
	case "analyze-file":
		if len(rest) != 1 {
			return errors.New(usage)
		}
		return printJSON(analyzeFile(rest[0]))
	case "proxy":
		return serve(os.Stdin, answers.Out, showProxies)
	case "decode":
		return serve(os.Stdin, answers.Out, decode)
	case "certificate":
		return printJSON(newCertificate())
	case "annotations":
		return printJSON(readAnnotations())
	case "version":
		return printJSON(readVersions())
	default:
		return fmt.Errorf("unknown sub-command %q; %s", command, usage)
	}
}

func runVerdict(args []string) error {
	flags := flag.NewFlagSet("verdict", flag.ContinueOnError)
	file := flags.String("crds", "", "file with Istio's CustomResourceDefinitions")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" {
		return errors.New("verdict needs --crds FILE")
	}
	resources, err := readResources(*file)
	if err != nil {
		return err
	}
	return serve(os.Stdin, answers.Out, resources.judge)
}

func printJSON[A any](answer A, err error) error {
	if err != nil {
		return err
	}
	return json.NewEncoder(answers.Out).Encode(answer)
}
