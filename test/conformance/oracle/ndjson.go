package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// head opens every answer.
type head struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error,omitempty"`
	Panic string          `json:"panic,omitempty"`
}

func (h *head) header() *head { return h }

// opening opens every question.
type opening struct {
	ID json.RawMessage `json:"id"`
}

func (o opening) id() json.RawMessage { return o.ID }

type question interface {
	id() json.RawMessage
}

type answer[A any] interface {
	*A
	header() *head
}

// serve reads one question a line and writes one answer a line, in the same order, each before it reads on: the parent
// process may wait for an answer before it asks again.
func serve[Q question, A any, P answer[A]](in io.Reader, out io.Writer, respond func(Q, P) error) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	for {
		line, readErr := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			encoded, err := json.Marshal(reply(line, respond))
			if err != nil {
				return err
			}
			if _, err := out.Write(append(encoded, '\n')); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return readErr
		}
	}
}

// reply answers with the head alone when it cannot read the question.
func reply[Q question, A any, P answer[A]](line []byte, respond func(Q, P) error) any {
	var asked Q
	if err := json.Unmarshal(line, &asked); err != nil {
		return head{ID: asked.id(), Error: err.Error()}
	}
	given := P(new(A))
	header := given.header()
	header.ID = asked.id()
	header.record(func() error { return respond(asked, given) })
	return given
}

// record keeps a panic of Istio's code from ending the process.
func (h *head) record(respond func() error) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Panic = fmt.Sprint(cause)
			fmt.Fprintf(os.Stderr, "panic on %s: %v\n%s", h.ID, cause, debug.Stack())
		}
	}()
	if err := respond(); err != nil {
		h.Error = err.Error()
	}
}
