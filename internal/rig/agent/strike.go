package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// started is a child that carries an order out.
type started struct {
	cmd   *exec.Cmd
	tells chan news
	say   func(string) error
	wrong strings.Builder
}

func start(o order) (*started, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &started{cmd: exec.Command(program, "child"), tells: make(chan news)}
	in, err := s.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.cmd.Stderr = &s.wrong
	s.say = func(text string) error { _, err := fmt.Fprintln(in, text); return err }
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	text, err := json.Marshal(o)
	if err == nil {
		err = s.say(string(text))
	}
	if err != nil {
		return nil, errors.Join(err, s.cmd.Process.Kill(), s.cmd.Wait())
	}
	go func() {
		defer close(s.tells)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var n news
			if json.Unmarshal(lines.Bytes(), &n) == nil {
				s.tells <- n
			}
		}
	}()
	return s, nil
}

// childPatience is how long a run may take until it tells something.
const childPatience = 6 * time.Minute

// next is what the child tells next; an error where it has ended, or is stuck.
func (s *started) next() (news, error) {
	select {
	case n, ok := <-s.tells:
		if !ok {
			return n, fmt.Errorf("the run ended: %w: %s", s.cmd.Wait(), s.wrong.String())
		}
		if n.End {
			return n, s.cmd.Wait()
		}
		return n, nil
	case <-time.After(childPatience):
		return news{}, errors.Join(errors.New("the run is stuck"), s.kill())
	}
}

// kill ends the child with the signal 9.
func (s *started) kill() error {
	err := s.cmd.Process.Kill()
	for range s.tells { // until its output ends
	}
	_ = s.cmd.Wait()
	return err
}

// through carries an order out to its end.
func through(o order) (news, error) {
	defer note(map[bool]string{false: "run", true: "rollback"}[o.Rollback], time.Now())
	s, err := start(o)
	if err != nil {
		return news{}, err
	}
	last, err := s.next()
	for step, seconds := range last.Took {
		if seconds >= 0.5 {
			fmt.Fprintf(&took, " %s=%.1f", step, seconds)
		}
	}
	return last, err
}

// at is the operation at which a fault in the middle of a step strikes.
func at(m *memory, f talk.Fault) int {
	n := m.Counts[f.Phase+" "+f.Step]
	return max(1, (n*f.Part+99)/100)
}

// strike lets a run fail, takes it back, and compares.
func strike(s *talk.Strike) (out talk.Struck, err error) {
	began := time.Now()
	defer func() { out.Seconds, out.Took = time.Since(began).Seconds(), took.String() }()
	took.Reset()
	if s.Fault.Kind == "" || s.Fault.Step == "" {
		return out, errors.New("no fault is to strike")
	}
	m, err := recall()
	if err != nil {
		return out, err
	}
	note("memory", began)
	c := causeOf(s)
	if err := c.prepare(); err != nil {
		return out, fmt.Errorf("%s: %w", s.Fault.Kind, err)
	}
	defer func() { err = errors.Join(err, c.remove(), c.end()) }()
	if f := &s.Fault; f.When == talk.Inside && m.Counts[f.Phase+" "+f.Step] == 0 { // it does nothing to the machine
		f.When = talk.Before
	}
	o := order{Run: s.Run, Fault: s.Fault, At: at(m, s.Fault)}
	if s.Fault.Phase == talk.InRollback {
		last, err := through(order{Run: s.Run})
		if err == nil && last.Error != "" {
			err = errors.New(last.Error)
		}
		if err != nil {
			return out, fmt.Errorf("without a fault: %w", err)
		}
		o.Rollback = true
	}
	started := time.Now()
	run, err := start(o)
	if err != nil {
		return out, err
	}
	for {
		n, err := run.next()
		if err != nil {
			return out, err
		}
		if n.End {
			out.Apply, out.RolledBack = n.Error, n.RolledBack
			break
		}
		switch s.Fault.Kind {
		case talk.PowerCut:
			out.Operation, out.Cut = n.Here, true
			return out, nil // with the child waiting
		case talk.Kill:
			out.Operation = n.Here
			if err := run.kill(); err != nil {
				return out, err
			}
		default:
			applied, err := c.apply()
			if err != nil {
				return out, errors.Join(fmt.Errorf("%s: %w", s.Fault.Kind, err), run.kill())
			}
			answer := goNext
			if applied {
				out.Operation, answer = n.Here, goOn
			}
			if err := run.say(answer); err != nil {
				return out, err
			}
			continue
		}
		break
	}
	note("until it ended", started)
	if s.Fault.Kind != talk.Kill && out.Operation != "" {
		out.Tried = true
		last, err := through(order{Run: s.Run, Rollback: true})
		if err != nil {
			return out, err
		}
		out.Still = last.Error
	}
	if err := c.remove(); err != nil {
		return out, fmt.Errorf("%s: removing it: %w", s.Fault.Kind, err)
	}
	return out, back(s, m, &out, c.end)
}

// back takes the run back without the cause, once more where that was not tried before, and compares.
func back(s *talk.Strike, m *memory, out *talk.Struck, end func() error) error {
	times := 2
	if out.Tried {
		times = 1
	}
	for range times {
		last, err := through(order{Run: s.Run, Rollback: true})
		if err != nil {
			return err
		}
		if last.Error != "" {
			out.Rollback = last.Error
			break
		}
	}
	if err := end(); err != nil {
		return err
	}
	began := time.Now()
	unix.Sync()
	note("sync", began)
	var err error
	out.Different, out.Read, err = different(m, s.Look)
	return err
}

// recovered takes back what a power cut left, and compares.
func recovered(s *talk.Strike) (out talk.Struck, err error) {
	began := time.Now()
	took.Reset()
	m, err := recall()
	if err == nil {
		err = back(s, m, &out, func() error { return nil })
	}
	out.Seconds, out.Took = time.Since(began).Seconds(), took.String()
	return out, err
}

// took says how long the parts of what was asked for took.
var took strings.Builder

func note(what string, began time.Time) {
	fmt.Fprintf(&took, " %s %.1f", what, time.Since(began).Seconds())
}

func asJSON(out talk.Struck, err error) (string, error) {
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(out)
	return string(text), err
}
