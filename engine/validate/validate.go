// Package validate says whether a running host is what the snapshot of the host
// before says.
//
// It has two halves. Derive is pure: from a snapshot and its evaluation it makes
// checks, which are data. Run captures the host anew with the collectors of
// engine/introspect and holds each check against what they find, and asks the few
// things that no snapshot has: whether the gateway answers, which guests the
// managers of guests know, what is in the profile of NixOS.
//
// It changes nothing and knows no Proxmox: which facts NixOS has to keep is said by
// the ledger, which units belong to an option by the catalog, and what else has to
// hold by the checks of rules.
package validate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Version is the value of the field "schema" of every report.
const Version = "pve2nix.validation/v1"

// ChecksVersion is the value of the field "schema" of every document of checks.
const ChecksVersion = "pve2nix.checks/v1"

// Baseline is what a host is held against. As a document it stands for the snapshot and for the knowledge that was asked.
type Baseline struct {
	// Schema is always pve2nix.checks/v1.
	Schema string `json:"schema" schema:"const=pve2nix.checks/v1"`
	// Host names the snapshot.
	Host Captured `json:"host"`
	// Target is what the host was to become.
	Target string `json:"target"`
	// Checks are what has to hold, sorted by kind and subject.
	Checks []Check `json:"checks"`
	// Tool is the program that validates, for the capture.
	Tool string `json:"-"`
}

// Check is one thing that has to hold.
type Check struct {
	// ID is the kind with the subject: unit-active sshd.service.
	ID string `json:"id"`
	// Kind says what is looked at.
	Kind string `json:"kind"`
	// Subject is what it is about, in a word.
	Subject string `json:"subject"`
	// Required is true where the host is not to be kept unless it holds.
	Required bool `json:"required"`
	// Params are what the kind asks for.
	Params json.RawMessage `json:"params"`
	// At are the facts of the snapshot that it comes from, as JSON pointers.
	At []string `json:"at"`
	// Rule is the rule that asks for it; absent where the facts alone do.
	Rule string `json:"rule,omitempty"`
	// Skip is why it cannot be made whatever the host is like; absent where it can.
	Skip string `json:"skip,omitempty"`
}

// Captured names a captured host.
type Captured struct {
	// Name is the host name.
	Name string `json:"name"`
	// OS is what os-release says, Kernel the running kernel.
	OS     string `json:"os,omitempty"`
	Kernel string `json:"kernel,omitempty"`
	// Time is when it was captured.
	Time string `json:"time"`
	// SHA256 is the digest of the snapshot; absent of the host that was looked at.
	SHA256 string `json:"sha256,omitempty"`
}

// Report is what became of all checks.
type Report struct {
	// Schema is always pve2nix.validation/v1.
	Schema string `json:"schema" schema:"const=pve2nix.validation/v1"`
	// Baseline is the host before, Host the one that was looked at.
	Baseline Captured `json:"baseline"`
	Host     Captured `json:"host"`
	// Target is what the host was to become.
	Target string `json:"target"`
	// Starting is true while systemd still starts what belongs to the boot.
	Starting bool `json:"starting"`
	// OK is true when every required check passed.
	OK bool `json:"ok"`
	// Settling is true when all required checks that did not pass may still come to pass by themselves.
	Settling bool `json:"settling"`
	// Totals count the results.
	Totals Totals `json:"totals"`
	// Results are in the order of the checks.
	Results []Result `json:"results"`
}

// Totals count results.
type Totals struct {
	Passed  int `json:"passed"`
	Failed  int `json:"failed"`
	Skipped int `json:"skipped"`
	// RequiredFailed and RequiredSkipped are those among them that stand in the way.
	RequiredFailed  int `json:"required_failed"`
	RequiredSkipped int `json:"required_skipped"`
}

// Statuses of results.
const (
	Passed  = "passed"
	Failed  = "failed"
	Skipped = "skipped"
)

// Result is what became of a check.
type Result struct {
	Check `json:"check"`
	// Status is passed, failed or skipped.
	Status string `json:"status" schema:"enum=passed|failed|skipped"`
	// Expected is what has to be, Found what is; Found is absent where nothing was looked at.
	Expected string `json:"expected"`
	Found    string `json:"found,omitempty"`
	// Reason is why a check was skipped.
	Reason string `json:"reason,omitempty"`
	// Settling is true for what failed and may still come to pass by itself: a unit that starts, an address that is
	// asked for on a host that has just started.
	Settling bool `json:"settling,omitempty"`
}

// Required are the results of required checks that did not pass.
func (r *Report) Required() []Result {
	var out []Result
	for _, one := range r.Results {
		if one.Required && one.Status != Passed {
			out = append(out, one)
		}
	}
	return out
}

// Wanted are the results of other checks that failed.
func (r *Report) Wanted() []Result {
	var out []Result
	for _, one := range r.Results {
		if !one.Required && one.Status == Failed {
			out = append(out, one)
		}
	}
	return out
}

// needed are the collectors that have facts for checks. The slow ones, of packages and of files that differ from them,
// are not among them.
var needed = []string{"host", "services", "units", "network", "storage", "guests", "cluster", "system"}

const (
	// captureTimeout bounds the capture as a whole; a host whose services all answer needs a second.
	captureTimeout = 60 * time.Second
	// probeTimeout bounds each question that is asked beside the capture. The kernel takes up to nine seconds to find
	// that a neighbour is gone.
	probeTimeout = 12 * time.Second
	// probeWorkers ask at once.
	probeWorkers = 8
)

// Run holds a host against a baseline. The error is for a host that could not be captured in time, or a cancelled ctx;
// whatever the host lacks is in the report. It takes as long as the slower of capture and probes, and no longer than
// captureTimeout and probeTimeout.
func Run(ctx context.Context, baseline *Baseline, host introspect.Host) (*Report, error) {
	bounded, cancel := context.WithTimeout(ctx, captureTimeout)
	defer cancel()
	s := &seen{host: host, starting: starting(bounded, host), young: young(host)}
	probes := startProbes(ctx, baseline.Checks, s)
	now, err := introspect.Capture(bounded, introspect.Options{Host: host, Only: needed, Tool: cmp.Or(baseline.Tool, "pve2nix")})
	probes.Wait()
	if err != nil {
		return nil, fmt.Errorf("capture the host: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.hold(now)
	return s.report(baseline), nil
}

// Compare holds a captured host against a baseline. What only a running host could answer is skipped.
func Compare(baseline *Baseline, now *snapshot.Snapshot) *Report {
	s := &seen{}
	s.hold(now)
	return s.report(baseline)
}

// report looks at every check.
func (s *seen) report(baseline *Baseline) *Report {
	r := &Report{
		Schema: Version, Baseline: baseline.Host, Target: baseline.Target, Starting: s.starting, Results: []Result{},
		Host: Captured{Name: s.now.Host.Name, OS: s.now.Host.OS, Kernel: s.now.Host.Kernel, Time: s.now.Capture.Time},
	}
	r.OK, r.Settling = true, true
	for _, check := range baseline.Checks {
		one := s.result(check)
		r.Results = append(r.Results, one)
		switch one.Status {
		case Passed:
			r.Totals.Passed++
			continue
		case Failed:
			r.Totals.Failed++
		case Skipped:
			r.Totals.Skipped++
		}
		if !one.Required {
			continue
		}
		r.OK = false
		if one.Status == Failed {
			r.Totals.RequiredFailed++
		} else {
			r.Totals.RequiredSkipped++
		}
		r.Settling = r.Settling && one.Settling
	}
	r.Settling = r.Settling && !r.OK
	return r
}

func (s *seen) result(check Check) Result {
	out := Result{Check: check}
	a, err := decode(check)
	switch {
	case err != nil:
		out.Status, out.Reason = Skipped, err.Error()
		return out
	case check.Skip != "":
		out.Status, out.Reason, out.Expected = Skipped, check.Skip, a.expected()
		return out
	}
	found := a.look(s)
	out.Status, out.Expected, out.Found, out.Reason = found.status, a.expected(), found.found, found.reason
	out.Settling = out.Status == Failed && (found.settling && (s.young || check.Kind == "unit-active") || s.starting && !neverSettles[check.Kind])
	return out
}

// starting asks systemd whether it still starts what belongs to the boot. One that does not answer is not starting.
func starting(ctx context.Context, host introspect.Host) bool {
	if !host.Live() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	bus, err := host.Bus(ctx)
	if err != nil {
		return false
	}
	defer bus.Close()
	state, err := systemState(ctx, bus)
	return err == nil && slices.Contains([]string{"initializing", "starting"}, state)
}

// settleTime is how long after its start a host may still be finding its addresses, neighbours and time.
const settleTime = 5 * time.Minute

// young says whether the kernel started not long ago.
func young(host introspect.Host) bool {
	if !host.Live() {
		return false
	}
	content, err := host.ReadFile("/proc/uptime", 256)
	if err != nil {
		return false
	}
	text, _, _ := strings.Cut(string(content.Data), " ")
	seconds, err := strconv.ParseFloat(text, 64)
	return err == nil && seconds < settleTime.Seconds()
}

// startProbes asks what no capture has, several things at once, while the capture goes on.
func startProbes(ctx context.Context, checks []Check, s *seen) *sync.WaitGroup {
	var wait sync.WaitGroup
	s.probed = map[string]outcome{}
	var lock sync.Mutex
	tickets := make(chan struct{}, probeWorkers)
	for _, check := range checks {
		a, err := decode(check)
		p, isProbe := a.(probe)
		if err != nil || !isProbe || check.Skip != "" {
			continue
		}
		wait.Go(func() {
			tickets <- struct{}{}
			defer func() { <-tickets }()
			ctx, cancel := context.WithTimeout(ctx, probeTimeout)
			defer cancel()
			found := p.ask(ctx, s)
			lock.Lock()
			defer lock.Unlock()
			s.probed[check.ID] = found
		})
	}
	return &wait
}
