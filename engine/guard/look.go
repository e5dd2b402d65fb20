package guard

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
)

// look makes the checks again and again. A required one that fails for too long ends the trial early; wanted ones are told.
func (g *guard) look(ctx context.Context) {
	var since time.Time // required checks fail without a break
	said := ""
	for {
		failed, wanted := g.round(ctx)
		g.mu.Lock()
		g.looked, g.failed = true, failed
		g.mu.Unlock()
		if now := strings.Join(failed, "; ") + "|" + strings.Join(wanted, "; "); now != said {
			said = now
			if len(failed) == 0 {
				g.note("all required checks pass")
			} else {
				g.note("required checks fail: %s", strings.Join(failed, "; "))
			}
			if len(wanted) > 0 {
				g.note("checks fail that are wanted and not required: %s", strings.Join(wanted, "; "))
			}
		}
		switch {
		case len(failed) == 0:
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		case time.Since(since) >= g.Times.Grace:
			g.stop(fmt.Sprintf("required checks have failed for %s: %s", g.Times.Grace, strings.Join(failed, "; ")))
			return
		}
		if !g.wait(ctx, g.Times.Every) {
			return
		}
	}
}

// outcome is what a round of checks came to.
type outcome struct {
	checks []Check
	err    error
}

// round makes the checks once. Checks that cannot be made at all count as a required one that fails: nobody has seen the host.
func (g *guard) round(ctx context.Context) (failed, wanted []string) {
	if g.Checks == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, g.Times.Bound)
	defer cancel()
	if g.pending == nil { // else the round before has not ended: it is waited for, and no other is begun
		done := make(chan outcome, 1)
		g.pending = done
		go func() {
			defer func() {
				if p := recover(); p != nil {
					done <- outcome{nil, fmt.Errorf("panic: %v", p)}
				}
			}()
			file, err := readAll(g.Machine, execute.GuardChecks)
			if errors.Is(err, fs.ErrNotExist) {
				done <- outcome{checks: []Check{{Name: "host", Failed: true, Text: "it is held against nothing, as the run left no checks"}}}
				return
			}
			if err != nil {
				done <- outcome{nil, err}
				return
			}
			checks, err := g.Checks(ctx, g.trial, []byte(file))
			done <- outcome{checks, err}
		}()
	}
	var r outcome
	select {
	case r = <-g.pending:
		g.pending = nil
	case <-ctx.Done():
		r.err = fmt.Errorf("they did not end within %s", g.Times.Bound)
	}
	if r.err != nil {
		return []string{"checks: " + r.err.Error()}, nil
	}
	for _, c := range r.checks {
		if !c.Failed {
			continue
		}
		line := c.Name
		if c.Text != "" {
			line += ": " + firstLine(c.Text)
		}
		if c.Required {
			failed = append(failed, line)
		} else {
			wanted = append(wanted, line)
		}
	}
	slices.Sort(failed)
	slices.Sort(wanted)
	return failed, wanted
}
