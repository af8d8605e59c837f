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

type answer[A any] interface {
	*A
	header() *head
}

// serve reads one question a line and writes one answer a line, in the same order, each before it reads on: the parent
// process may wait for an answer before it asks again.
func serve[Q any, A any, P answer[A]](in io.Reader, out io.Writer, respond func(Q, P) error) error {
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

func reply[Q any, A any, P answer[A]](line []byte, respond func(Q, P) error) (given P) {
	given = new(A)
	header := given.header()
	defer func() {
		if cause := recover(); cause != nil {
			header.Panic = fmt.Sprint(cause)
			fmt.Fprintf(os.Stderr, "panic on %s: %v\n%s", header.ID, cause, debug.Stack())
		}
	}()
	var question struct {
		ID json.RawMessage `json:"id"`
	}
	var asked Q
	err := json.Unmarshal(line, &question)
	header.ID = question.ID
	if err == nil {
		err = json.Unmarshal(line, &asked)
	}
	if err == nil {
		err = respond(asked, given)
	}
	if err != nil {
		header.Error = err.Error()
	}
	return given
}
