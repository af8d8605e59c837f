package main

import (
	"errors"
	"runtime/debug"
	"strings"
)

type versions struct {
	Istio  string `json:"istio"`
	Module string `json:"module"`
	API    string `json:"api"`
	Go     string `json:"go"`
}

// readVersions takes the code line of Istio (1.31) from istio.io/api: the pseudo-version of istio.io/istio does not tell it.
func readVersions() (*versions, error) {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, errors.New("the binary carries no build information")
	}
	found := &versions{Go: build.GoVersion}
	for _, module := range build.Deps {
		switch module.Path {
		case "istio.io/istio":
			found.Module = module.Version
		case "istio.io/api":
			found.API = module.Version
		}
	}
	parts := strings.SplitN(strings.TrimPrefix(found.API, "v"), ".", 3)
	if len(parts) < 3 {
		return nil, errors.New("no version of istio.io/api in the build information")
	}
	found.Istio = parts[0] + "." + parts[1]
	return found, nil
}
