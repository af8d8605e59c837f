// Package answers keeps standard output for answers alone.
//
// Istio logs to standard output, twice of it while its packages initialise. Go initialises packages in the order of their
// import paths, each after its own imports: this one imports os only and sorts before istio.io, so the logger that Istio
// opens as "stdout" is already standard error.
package answers

import "os"

// Out is the process's real standard output.
var Out = os.Stdout

func init() {
	os.Stdout = os.Stderr
}
